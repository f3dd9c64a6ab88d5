import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { addOfficer } from '#lib/server/identity/officers.ts';
import { openInstallation } from '#lib/server/installation.ts';
import { email, makeCouncil, password } from './support/council.ts';
import { freePort, Server } from './support/server.ts';

/** The real server as machines and strangers meet it: headers, cookies, hosts, starting and stopping. */

let folder: string;
let server: Server;

test.beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bops-server-'));
	const dataDir = join(folder, 'data');
	await makeCouncil(dataDir, { cases: 1 });
	const installation = openInstallation(dataDir);
	const { register } = installation.addCouncil({ code: 'CMD', name: 'Camden', host: camden });
	await addOfficer(
		register,
		{ name: 'Cam Den', initials: 'CD', email: 'cam@x.example', roles: ['reviewer'], password },
		'system',
		new Date()
	);
	installation.close();
	server = new Server(dataDir, await freePort());
	await server.start();
});
test.afterAll(async () => {
	await server.kill();
	rmSync(folder, { recursive: true, force: true });
});

const camden = 'planning.camden.example';

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

/** A request with exactly these headers, as a browser or a stranger may send it. */
async function ask(
	path: string,
	asked: { method?: string; headers?: Record<string, string>; body?: string } = {}
): Promise<Answer> {
	const { method = 'GET', headers = {}, body } = asked;
	const sent = request({
		host: '127.0.0.1',
		port: server.port,
		path,
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) }
	});
	sent.end(body);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	let text = '';
	for await (const chunk of answer) text += String(chunk);
	return { status: answer.statusCode ?? 0, headers: answer.headers, text };
}

const home = () => ({ host: `localhost:${server.port}`, origin: server.origin });
const json = { 'content-type': 'application/json' };

const signIn = (given: { email: string; password: string }, headers: Record<string, string>) =>
	ask('/api/session', {
		method: 'POST',
		headers: { ...json, ...headers },
		body: JSON.stringify(given)
	});

/** Signs Jo in and gives the cookie as a browser sends it back. */
async function joCookie(headers: Record<string, string> = {}): Promise<string> {
	const answer = await signIn({ email: email('jo'), password }, { ...home(), ...headers });
	expect(answer.status, answer.text).toBe(200);
	return answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
}

/** An open event stream of the officer with this cookie. */
async function listen({ port }: Server, cookie: string): Promise<IncomingMessage> {
	const headers = { host: `localhost:${port}`, cookie };
	const sent = request({ host: '127.0.0.1', port, path: '/api/events', headers });
	// the connection breaks when either side ends it, which is what these tests do
	sent.on('error', () => undefined);
	sent.on('socket', (socket) => socket.on('error', () => undefined));
	sent.end();
	const [stream] = (await once(sent, 'response')) as [IncomingMessage];
	stream.on('error', () => undefined);
	return stream;
}

test('every answer, whoever makes it, tells the browser what not to do', async () => {
	const script = readdirSync('build/client/_app/immutable/entry')[0] ?? '';
	const paths = [
		'/',
		'/shell',
		'/cases/none',
		'/service-worker.js',
		'/manifest.webmanifest'
	].concat(['/api/session', '/api/nothing', '/health', `/_app/immutable/entry/${script}`]);
	for (const path of paths) {
		const { headers } = await ask(path, { headers: home() });
		expect(headers, path).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'same-origin',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin'
		});
		expect(headers['permissions-policy'], path).toContain('camera=(self), geolocation=(self)');
		expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
		expect(headers['strict-transport-security'], path).toBeUndefined();
		expect(headers['x-powered-by'], path).toBeUndefined();
		if (path.startsWith('/api/')) expect(headers['cache-control'], path).toBe('no-store');
	}
	const page = await ask('/', { headers: home() });
	const scripts = /script-src ([^;]*)/.exec(String(page.headers['content-security-policy']))?.[1];
	expect(scripts).toMatch(/^'self' 'wasm-unsafe-eval' 'sha256-/);
	expect(scripts).not.toMatch(/'unsafe-(inline|eval)'/);
});

test('files have the type a strict browser needs', async () => {
	const type = async (path: string) =>
		(await ask(path, { headers: home() })).headers['content-type']?.split(';')[0];
	expect(await type('/manifest.webmanifest')).toBe('application/manifest+json');
	expect(await type('/service-worker.js')).toBe('text/javascript');
	expect(await type('/shell')).toBe('text/html');
	const workers = readdirSync('build/client/_app/immutable', { recursive: true })
		.map(String)
		.filter((name) => name.endsWith('.mjs'));
	for (const name of workers) expect(await type(`/_app/immutable/${name}`)).toBe('text/javascript');
});

test('the session cookie belongs to this host, and no script or other site has it', async () => {
	const answer = await signIn({ email: email('jo'), password }, home());
	const [cookie = '', ...more] = answer.headers['set-cookie'] ?? [];
	expect(more).toEqual([]);
	const [pair, ...attributes] = cookie.split('; ');
	expect(pair).toMatch(/^__Host-bops=[\w-]{43}$/);
	expect(attributes.filter((one) => !one.startsWith('Expires=')).sort()).toEqual([
		'HttpOnly',
		'Path=/',
		'SameSite=Lax',
		'Secure'
	]);
	expect(JSON.parse(answer.text)).toMatchObject({
		officer: { name: 'Jo Bloggs', email: email('jo') },
		council: { code: 'LBH', name: 'Lambeth' }
	});
});

test('signing in again ends the session that was there; signing out ends the new one', async () => {
	const who = async (cookie: string) =>
		(await ask('/api/session', { headers: { ...home(), cookie } })).status;
	const first = await joCookie();
	const second = await joCookie({ cookie: first });
	expect([await who(first), await who(second)]).toEqual([401, 200]);
	const out = await ask('/api/session', {
		method: 'DELETE',
		headers: { ...home(), cookie: second }
	});
	expect([out.status, await who(second)]).toEqual([204, 401]);
	expect(out.headers['set-cookie']?.[0]).toMatch(/^__Host-bops=; .*Max-Age=0/);
});

test('the host name says which council, and a session is worth nothing in another', async () => {
	const there = { host: camden, origin: `https://${camden}` };
	const answer = await signIn(
		{ email: 'cam@x.example', password },
		{ ...there, 'sec-fetch-site': 'same-origin' }
	);
	expect(JSON.parse(answer.text)).toMatchObject({ council: { code: 'CMD' } });
	const cookie = await joCookie();
	expect((await ask('/api/session', { headers: { ...there, cookie } })).status).toBe(401);
	const nowhere = await ask('/', { headers: { host: 'planning.elsewhere.example' } });
	expect(nowhere.status).toBe(404);
	expect(nowhere.text).toContain('No council at this address');
});

test('signing in over plain http from another machine is refused in words', async () => {
	const answer = await signIn(
		{ email: 'cam@x.example', password },
		{ host: camden, origin: `http://${camden}` }
	);
	expect(answer.status).toBe(400);
	expect(answer.text).toContain('begins with https');
});

test('what comes from other sites does nothing, whatever it looks like', async () => {
	const cookie = await joCookie();
	const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'].concat([
		'multipart/form-data; boundary=x',
		'application/octet-stream',
		'application/offset+octet-stream'
	]);
	const origins = [
		'https://evil.example',
		'null',
		`http://localhost:1`,
		`${server.origin}.evil.example`
	];
	const routes = [
		['POST', '/api/trpc/sync.registerDevice'],
		['POST', '/api/session'],
		['DELETE', '/api/session'],
		['POST', '/api/uploads'],
		['PATCH', '/api/uploads/x']
	] as const;
	for (const [method, path] of routes)
		for (const type of types)
			for (const origin of origins) {
				const headers = { host: home().host, cookie, origin, 'content-type': type };
				const { status } = await ask(path, { method, headers, body: '{}' });
				expect(status, `${method} ${path} ${type} ${origin}`).toBe(403);
			}
	expect((await ask('/api/session', { headers: { ...home(), cookie } })).status).toBe(200);
});

test('a client cannot make itself look like https', async () => {
	const { headers } = await ask('/', { headers: { ...home(), 'x-forwarded-proto': 'https' } });
	expect(headers['strict-transport-security']).toBeUndefined();
});

test('a body that is too large is refused in words, and the next request is answered', async () => {
	const cookie = await joCookie();
	const answer = await ask('/api/trpc/sync.push', {
		method: 'POST',
		headers: { ...home(), ...json, cookie },
		body: JSON.stringify('x'.repeat(6_000_000))
	});
	expect(answer.status).toBe(413);
	expect(answer.text).toContain('more than the register takes');
	// and by the same connection, where the rest of the refused body was still on its way
	expect((await ask('/health')).status).toBe(200);
});

test('health and metrics answer whatever the address, and name nobody', async () => {
	const health = await ask('/health', { headers: { host: '10.0.0.1' } });
	expect(JSON.parse(health.text)).toHaveProperty('degraded');
	const metrics = await ask('/metrics', { headers: { host: '10.0.0.1' } });
	expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
	expect(metrics.text).toMatch(/^bops_sequence_head\{council="LBH"\} \d+$/m);
	expect(metrics.text + health.text).not.toMatch(/jo|lambeth\.example/i);
});

test('a stream tells of what another process wrote', async () => {
	const cookie = await joCookie();
	const stream = await listen(server, cookie);
	expect(stream.headers['content-type']).toBe('text/event-stream');
	let heard = '';
	stream.on('data', (chunk) => (heard += String(chunk)));
	await expect.poll(() => heard).toMatch(/event: nudge\ndata: \{"seq":\d+\}/);
	heard = '';
	const installation = openInstallation(server.dataDir);
	const { register } = installation.council('LBH') ?? { register: null };
	const tom = [...(register?.officers().values() ?? [])].find((one) => one.email === email('tom'));
	if (register === null || tom === undefined) throw new Error('Tom is missing');
	register.putOfficer({ ...tom, name: 'Tom Warden' });
	const head = register.head();
	installation.close();
	await expect.poll(() => heard).toContain(`data: {"seq":${head}}`);
	expect(heard).not.toContain('Tom');
	stream.destroy();
});

test('the log names no person and holds none of their words', async () => {
	const own = new Server(server.dataDir, await freePort(), { env: { LOG_LEVEL: 'debug' } });
	await own.start();
	const there = { host: `localhost:${own.port}`, origin: own.origin };
	const send = async (path: string, body: unknown, headers = {}) => {
		const answer = await fetch(`${own.origin}${path}`, {
			method: 'POST',
			headers: { ...there, ...json, ...headers },
			body: JSON.stringify(body)
		});
		return answer.status;
	};
	const canary = 'Zanzibar';
	const wrong = { email: `${canary}@x.example`, password: `${canary} words` };
	expect(await send('/api/session', wrong)).toBe(401);
	const cookie = await joCookie();
	const search = { query: canary, status: [], type: [], assignedTo: null };
	expect(await send('/api/trpc/register.search', search, { cookie })).toBe(200);
	expect(await send('/api/trpc/register.search', { query: canary }, { cookie })).toBe(400);
	expect(await send(`/api/trpc/register.openCase`, { caseId: canary }, { cookie })).toBe(404);
	const asked = `/api/trpc/register.search?input=${JSON.stringify(search)}`;
	await fetch(own.origin + asked, { headers: { ...there, cookie } });
	await fetch(`${own.origin}/register?q=${canary}`, { headers: there });
	await own.stop();
	const lines = own.output.split('\n').filter((line) => line.startsWith('{'));
	expect(lines.length).toBeGreaterThan(6);
	expect(lines.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);
	for (const word of [canary, password, email('jo'), 'Bloggs', cookie.split('=')[1] ?? ''])
		expect(own.output).not.toContain(word);
});

test('stopped by its operator it ends open streams and leaves with nothing undone', async () => {
	const own = new Server(server.dataDir, await freePort());
	await own.start();
	const cookie = await joCookie();
	const stream = await listen(own, cookie);
	stream.resume();
	const ended = once(stream, 'end');
	const began = performance.now();
	await Promise.all([own.stop(), ended]);
	expect(performance.now() - began).toBeLessThan(4_000);
});

test('it refuses to start on a bad configuration, and names every fault', async () => {
	const refused = await startWith({
		DATA_DIR: join(folder, 'nowhere'),
		PORT: 'http',
		ORIGIN: 'planning.example.gov.uk'
	});
	expect(refused.code).toBe(1);
	for (const words of ['DATA_DIR is', 'PORT is "http"', 'ORIGIN is'])
		expect(refused.said).toContain(words);

	const busy = await startWith({ DATA_DIR: server.dataDir, PORT: String(server.port) });
	expect([busy.code, busy.said]).toEqual([1, expect.stringContaining('in use by another program')]);

	const port = String(await freePort());
	const empty = mkdtempSync(join(folder, 'empty-'));
	const noCouncil = await startWith({ DATA_DIR: empty, PORT: port });
	expect([noCouncil.code, noCouncil.said]).toEqual([
		1,
		expect.stringContaining('bops council add')
	]);

	const origin = 'https://planning.example.gov.uk';
	const several = await startWith({ DATA_DIR: server.dataDir, PORT: port, ORIGIN: origin });
	expect([several.code, several.said]).toEqual([1, expect.stringContaining('Leave ORIGIN unset')]);
});

async function startWith(env: Record<string, string>): Promise<{ code: number; said: string }> {
	const child = spawn(process.execPath, ['server.mjs'], { env: { ...process.env, ...env } });
	let said = '';
	child.stderr.on('data', (text) => (said += String(text)));
	const [code] = (await once(child, 'exit')) as [number];
	return { code, said };
}
