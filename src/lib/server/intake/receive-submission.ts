import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problemAnswer } from '../api/problem-answers.ts';
import type { Council } from '../installation.ts';
import { ApiTokens } from './api-tokens.ts';
import { BodyTooLarge, readBody } from './body.ts';
import { fileSubmission, type Filed } from './file-submission.ts';

const mebibyte = 1024 * 1024;

/** Bytes of one submission at most; its files travel on their own. */
export const largestSubmission = 20 * mebibyte;

/** Submissions of one client in a minute: a busy national portal, not a program in a loop. */
const arrivals = new RateLimiterMemory({ points: 120, duration: 60 });

/**
 * One submission by a program: `{ id, reference, message }` with 201 for a new case, 200 for one
 * that is here already, 202 for one that waits for a person; every other status with a sentence.
 */
export async function receiveSubmission(
	request: Request,
	councils: Iterable<Council>,
	now: Date
): Promise<Response> {
	const client = clientOf(request, councils, now);
	if (client instanceof Response) return client;
	const media = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
	if (media !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(media))
		return problemAnswer(415, 'A submission is sent as JSON, with Content-Type: application/json.');
	if ((request.headers.get('content-encoding') ?? 'identity') !== 'identity')
		return problemAnswer(415, 'Send the submission as it is, without Content-Encoding.');
	const wait = await secondsToWait(`${client.council.code} ${client.id}`);
	if (wait > 0)
		return problemAnswer(
			429,
			`Too many submissions in a minute. Nothing of this one was kept; send it again in ${wait} seconds.`,
			{ 'retry-after': String(wait) }
		);
	try {
		const bytes = await readBody(request, largestSubmission);
		const { code, register } = client.council;
		return answer(
			fileSubmission(register, bytes, {
				sender: `api:${client.name}`,
				council: code,
				whateverItNames: false,
				now
			}),
			code
		);
	} catch (error) {
		if (!(error instanceof BodyTooLarge)) throw error;
		return problemAnswer(
			413,
			`A submission has at most ${largestSubmission / mebibyte} MB; its files are sent on their own. Nothing of it was kept.`
		);
	}
}

interface Client {
	council: Council;
	id: string;
	name: string;
}

/** The token alone says which council and which client; a cookie says nothing here. */
function clientOf(request: Request, councils: Iterable<Council>, now: Date): Client | Response {
	const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
	const refused = (message: string) =>
		problemAnswer(401, message, { 'www-authenticate': 'Bearer realm="submissions"' });
	if (token === undefined)
		return refused('Send the token that the council gave you: Authorization: Bearer …');
	for (const council of councils) {
		const client = new ApiTokens(council.register).client(token, now);
		if (client === 'expired')
			return refused('This token has expired or was withdrawn. Ask the council for a new one.');
		if (client !== null) return { council, ...client };
	}
	return refused('This token is not known here. Ask the council for one.');
}

async function secondsToWait(client: string): Promise<number> {
	try {
		await arrivals.consume(client);
		return 0;
	} catch (problem) {
		if (!(problem instanceof RateLimiterRes)) throw problem;
		return Math.max(1, Math.ceil(problem.msBeforeNext / 1000));
	}
}

function answer(filed: Filed, council: string): Response {
	const { state, caseId, payloadId, reference, problems } = filed;
	const say = (status: number, message: string, id: string): Response =>
		Response.json(
			{ id, reference, message, ...(problems.length > 0 ? { problems } : {}) },
			{ status }
		);
	switch (state) {
		case 'created':
			return say(201, `Received as ${reference}.`, caseId ?? payloadId);
		case 'existing':
			return say(200, `Received before, as ${reference}.`, caseId ?? payloadId);
		case 'resubmission':
			return say(
				202,
				`Kept. The submission with this id is already ${reference} with other content; the council will decide what this one is.`,
				payloadId
			);
		case 'repair':
			return say(
				202,
				`Kept in the intake queue of ${council}. It could not become a case as it is; a person will look at it.`,
				payloadId
			);
	}
}
