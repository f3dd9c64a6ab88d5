import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeInstallation, openInstallation, type Installation } from '../installation.ts';
import { ApiTokens } from './api-tokens.ts';
import { bytesOf, submission } from './fixtures.ts';
import { listPayloads } from './queue.ts';
import { largestSubmission, receiveSubmission } from './receive-submission.ts';

let folder: string;
let installation: Installation;
let token: string;
const mebibyte = 1024 * 1024;
const now = new Date('2026-03-03T14:05:00.000Z');

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-api-'));
	installation = openInstallation(folder);
	const lambeth = installation.addCouncil({
		code: 'LBH',
		name: 'Lambeth',
		host: 'lambeth.example'
	});
	installation.addCouncil({ code: 'SWK', name: 'Southwark', host: 'southwark.example' });
	token = new ApiTokens(lambeth.register).add('PlanX', null, now)?.token ?? '';
});
afterEach(() => {
	closeInstallation(installation);
	rmSync(folder, { recursive: true, force: true });
});

type Body = Uint8Array | ReadableStream<Uint8Array>;
async function post(body: Body, headers: Record<string, string> = {}, at = now) {
	const request = new Request('http://lambeth.example/api/v2/submissions', {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
		body: body as BodyInit,
		duplex: 'half'
	} as RequestInit);
	const response = await receiveSubmission(request, installation.councils(), at);
	return {
		status: response.status,
		headers: response.headers,
		said: (await response.json()) as unknown
	};
}
const register = (code: string) => {
	const council = installation.council(code);
	if (council === undefined) throw new Error(code);
	return council.register;
};

test('a submission becomes a case: 201, and again: 200 with the same reference', async () => {
	const first = await post(bytesOf(submission()));
	expect(first.status).toBe(201);
	expect(first.said).toMatchObject({
		id: expect.any(String) as string,
		reference: expect.stringMatching(/^26-00100-/) as string,
		message: expect.stringMatching(/^Received as 26-00100-/) as string
	});
	const again = await post(bytesOf(submission()));
	expect(again.status).toBe(200);
	expect(again.said).toMatchObject({
		message: expect.stringMatching(/^Received before/) as string
	});
});

test('what cannot become a case, or is for another council, waits here: 202', async () => {
	const broken = await post(Buffer.from('{"data":'));
	expect(broken.status).toBe(202);
	expect(broken.said).toMatchObject({ reference: null });
	const other = await post(bytesOf(submission({ organisation: 'SWK' })));
	expect(other.status).toBe(202);
	expect(other.said).toMatchObject({
		message: expect.stringMatching(/intake queue of LBH/) as string,
		problems: [{ path: 'metadata.organisation' }]
	});
	const queue = { states: [], page: 1, pageSize: 10 };
	expect(listPayloads(register('LBH'), queue).total).toBe(2);
	expect(listPayloads(register('SWK'), queue).total).toBe(0);
});

test('the token decides which council, whatever host was asked', async () => {
	token = new ApiTokens(register('SWK')).add('PlanX', null, now)?.token ?? '';
	const { status } = await post(bytesOf(submission({ organisation: 'SWK' })));
	expect(status).toBe(201);
	expect(register('SWK').caseIdFor('26-00100-HAPP')).not.toBeNull();
});

test.each([
	['no token', { authorization: '' }],
	['a password', { authorization: 'Basic YTpi' }],
	['an unknown token', { authorization: 'Bearer bops_nothing' }],
	['a cookie', { authorization: '', cookie: '__Host-session=x' }]
])('%s is refused with 401 and a sentence', async (_what, headers) => {
	const { status, said, headers: answered } = await post(bytesOf(submission()), headers);
	expect(status).toBe(401);
	expect(answered.get('www-authenticate')).toMatch(/^Bearer/);
	expect(said).toMatchObject({ message: expect.stringMatching(/council/) as string });
});

test('an expired and a revoked token are refused with 401', async () => {
	const tokens = new ApiTokens(register('LBH'));
	const day = 24 * 60 * 60 * 1000;
	token = tokens.add('Short', new Date(now.getTime() + day), now)?.token ?? '';
	expect((await post(bytesOf(submission()))).status).toBe(201);
	expect((await post(bytesOf(submission()), {}, new Date(now.getTime() + day))).status).toBe(401);
	token = tokens.add('Gone', null, now)?.token ?? '';
	tokens.revoke('Gone', now);
	expect((await post(bytesOf(submission()))).status).toBe(401);
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** How many of these something still refers to. */
function held(parts: readonly WeakRef<Uint8Array>[]): number {
	collect();
	return parts.filter((part) => part.deref() !== undefined).length;
}

test('a hundred megabytes are refused without being taken in, announced or not', async () => {
	const announced = await post(bytesOf(submission()), {
		'content-length': String(100 * mebibyte)
	});
	expect(announced.status).toBe(413);
	const sent: WeakRef<Uint8Array>[] = [];
	let most = 0;
	const long = new ReadableStream<Uint8Array>({
		async pull(controller) {
			if (sent.length % 64 === 0) {
				// what was looked at in one turn is kept to its end
				await setImmediate();
				most = Math.max(most, held(sent));
			}
			const part = new Uint8Array(mebibyte);
			sent.push(new WeakRef(part));
			controller.enqueue(part);
			if (sent.length === 1024) controller.close();
		}
	});
	expect((await post(long)).status).toBe(413);
	expect(most * mebibyte).toBeLessThan(largestSubmission + 8 * mebibyte);
	expect(listPayloads(register('LBH'), { states: [], page: 1, pageSize: 10 }).total).toBe(0);
});

test('what is not JSON by its type, or is compressed, is refused with 415', async () => {
	expect((await post(bytesOf(submission()), { 'content-type': 'text/xml' })).status).toBe(415);
	expect((await post(bytesOf(submission()), { 'content-encoding': 'gzip' })).status).toBe(415);
	expect(
		(await post(bytesOf(submission()), { 'content-type': 'application/json; charset=utf-8' }))
			.status
	).toBe(201);
});

test('a program in a loop is told to wait, with 429', async () => {
	token = new ApiTokens(register('LBH')).add('Loop', null, now)?.token ?? '';
	const bytes = bytesOf(submission());
	const statuses = new Set<number>();
	for (let n = 0; n < 121; n += 1) statuses.add((await post(bytes)).status);
	expect([...statuses]).toEqual([201, 200, 429]);
});
