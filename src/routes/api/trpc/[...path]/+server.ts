import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { BodyTooLarge, readBody } from '#lib/server/intake/body.ts';
import { appRouter } from '#lib/server/router.ts';
import type { RequestHandler } from './$types';

/** Bytes. A mended submission is the longest (2 MB of text); a push has a budget of its own. */
const largestCall = 5 * 1024 * 1024;
/** Bytes from somebody who is not signed in, and whose every call ends with that answer. */
const largestFromStranger = 64 * 1024;

const answer: RequestHandler = async ({ request, locals }) => {
	let body;
	try {
		body = await readBody(request, locals.officer === null ? largestFromStranger : largestCall);
	} catch (error) {
		if (!(error instanceof BodyTooLarge)) throw error;
		return problemAnswer(
			413,
			'This is more than the register takes in one call. Nothing was done.'
		);
	}
	return fetchRequestHandler({
		endpoint: '/api/trpc',
		req: new Request(request.url, {
			method: request.method,
			headers: request.headers,
			signal: request.signal,
			...(body.byteLength > 0 ? { body: new Uint8Array(body) } : {})
		}),
		router: appRouter,
		// pages post their queries too: what somebody searches for belongs in no address
		allowMethodOverride: true,
		createContext: () => ({
			council: locals.council,
			officer: locals.officer,
			signedInAt: locals.session?.startedAt ?? null,
			requestId: locals.requestId,
			now: () => new Date()
		}),
		onError({ error, path }) {
			if (error.code === 'INTERNAL_SERVER_ERROR')
				locals.log.error({ err: error.cause ?? error, call: path }, 'failed');
		}
	});
};

export const GET = answer;
export const POST = answer;
