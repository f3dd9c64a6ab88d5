import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	eventFor,
	removeCouncils,
	signedIn,
	southwark,
	twoCouncils,
	type Asked
} from '#lib/server/api/fixtures.ts';

const mutating = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Every route of the application that changes something, read from the files that answer. */
const routes = globSync('src/routes/**/+server.ts').flatMap((file) => {
	const source = readFileSync(file, 'utf8');
	const path = file
		.replace(/^src\/routes/, '')
		.replace(/\/\+server\.ts$/, '')
		.replace(/\(.*?\)\//g, '')
		.replace(/\[.*?\]/g, 'x');
	return mutating
		.filter((method) => new RegExp(`export (const|(async )?function) ${method}\\b`).test(source))
		.map((method) => ({ path, method }));
});
const byCookie = routes.filter(({ path }) => !path.startsWith('/api/v2/'));
const byToken = routes.filter(({ path }) => path.startsWith('/api/v2/'));

const contentTypes = [
	'application/json',
	'text/plain',
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'application/octet-stream',
	'application/offset+octet-stream'
];

const home = `https://${southwark}`;
const forgeries: Record<string, Record<string, string>> = {
	'another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
	'a sibling host': { origin: 'https://www.southwark.example', 'sec-fetch-site': 'same-site' },
	'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
	'another site in an old browser': { origin: `https://${southwark}.evil.example` }
};
const oddities: Record<string, Record<string, string>> = {
	'no origin at all': {},
	'an old browser with an opaque origin': { origin: 'null' },
	'an address typed in by hand': { 'sec-fetch-site': 'none' },
	'the same host by another port': { origin: `${home}:8443` },
	'the same host without https, in an old browser': { origin: `http://${southwark}` },
	'two headers that contradict each other': {
		origin: 'https://evil.example',
		'sec-fetch-site': 'same-origin'
	}
};
const ours: Record<string, Record<string, string>> = {
	'our own page': { origin: home, 'sec-fetch-site': 'same-origin' },
	'our own page, asked without an origin': { 'sec-fetch-site': 'same-origin' },
	'our own page in an old browser': { origin: home }
};

let token: string;
let send: (asked: Asked & { path: string }) => Promise<{ status: number; reached: boolean }>;
let reachedAs: string | null | undefined;

beforeAll(async () => {
	await twoCouncils();
	const { handle } = await import('./hooks.server.ts');
	const { running } = await import('#lib/server/process.ts');
	const council = running().installation.council('SWK');
	if (council === undefined) throw new Error('the council is missing');
	token = signedIn(council, 'administrator').token;
	send = async ({ path, ...asked }) => {
		let reached = false;
		const response = await handle({
			event: eventFor(`${home}${path}`, { token, body: 'x', ...asked }),
			resolve: (event) => {
				reached = true;
				reachedAs = event.locals.officer?.email ?? null;
				return Promise.resolve(new Response('done'));
			}
		});
		return { status: response.status, reached };
	};
});
afterAll(removeCouncils);

test('the routes that change something were found', () => {
	const found = routes.map(({ method, path }) => `${method} ${path}`);
	expect(found).toEqual(
		expect.arrayContaining([
			'POST /api/trpc/x',
			'POST /api/session',
			'DELETE /api/session',
			'PATCH /api/uploads/x',
			'POST /api/v2/submissions'
		])
	);
});

describe.each(byCookie)('$method $path', ({ path, method }) => {
	describe.each(contentTypes)('with %s', (type) => {
		test.each(Object.keys({ ...forgeries, ...oddities }))('does nothing for %s', async (from) => {
			const headers = { 'content-type': type, ...forgeries[from], ...oddities[from] };
			expect(await send({ path, method, headers })).toEqual({ status: 403, reached: false });
		});

		test.each(Object.keys(ours))('answers %s', async (from) => {
			const headers = { 'content-type': type, ...ours[from] };
			expect(await send({ path, method, headers })).toEqual({ status: 200, reached: true });
			expect(reachedAs).toBe('administrator@council.example');
		});
	});
});

describe.each(byToken)('$method $path, by bearer token', ({ path, method }) => {
	test.each(Object.keys({ ...forgeries, ...oddities, ...ours }))(
		'answers %s, and knows nobody by their cookie',
		async (from) => {
			const headers = { ...forgeries[from], ...oddities[from], ...ours[from] };
			expect(await send({ path, method, headers })).toMatchObject({ reached: true });
			expect(reachedAs).toBeNull();
		}
	);
});

test('a batch of several calls is checked as one is', async () => {
	const batch = { path: '/api/trpc/officers.list,officers.deactivate?batch=1', method: 'POST' };
	for (const headers of Object.values({ ...forgeries, ...oddities }))
		expect(await send({ ...batch, headers })).toEqual({ status: 403, reached: false });
});

test('behind a proxy that does not say so, a page of ours by https still counts as ours', async () => {
	const { forgeryProblem } = await import('#lib/server/api/origin-check.ts');
	const inside = new URL(`http://${southwark}/api/session`);
	const request = (headers: Record<string, string>) =>
		new Request(inside, { method: 'POST', headers: { host: southwark, ...headers } });
	expect(forgeryProblem(request({ origin: home, 'sec-fetch-site': 'same-origin' }), inside)).toBe(
		null
	);
	expect(forgeryProblem(request({ origin: home }), inside)).not.toBe(null);
});

test('a host that is no council’s is told so, in a page or in JSON', async () => {
	const { handle } = await import('./hooks.server.ts');
	const at = (path: string) =>
		handle({
			event: eventFor(`https://evil.example${path}`),
			resolve: () => Promise.reject(new Error('it was let in'))
		});
	const page = await at('/');
	expect([page.status, page.headers.get('content-type')]).toEqual([
		404,
		'text/html; charset=utf-8'
	]);
	expect(await page.text()).toContain('keeps no council’s register at “evil.example”');
	expect(await (await at('/api/session')).json()).toHaveProperty('message');
});
