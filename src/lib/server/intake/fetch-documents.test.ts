import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
	closeInstallation,
	openInstallation,
	type Council,
	type Installation
} from '../installation.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { fetchRules, type FetchRules } from './fetch-file.ts';
import { fileSubmission } from './file-submission.ts';
import { bytesOf, submission } from './fixtures.ts';
import { isPublicAddress } from './public-address.ts';
import { selfSigned } from './self-signed.ts';

const host = 'files.example.test';
const { key, cert } = selfSigned(host);
const plan = Buffer.from('%PDF-1.7\nA plan.\n%%EOF');

let server: Server;
let port: number;
let asked: string[];
let answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;

beforeAll(async () => {
	server = createServer({ key, cert }, (request, response) => {
		asked.push(request.url ?? '');
		const answer = answers[request.url ?? ''];
		if (answer === undefined) response.writeHead(404).end();
		else answer(request, response);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	port = (server.address() as AddressInfo).port;
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

let folder: string;
let installation: Installation;
let council: Council;
const now = () => new Date('2026-03-03T14:05:00.000Z');

beforeEach(() => {
	asked = [];
	answers = { '/plan.pdf': (_request, response) => response.end(plan) };
	folder = mkdtempSync(join(tmpdir(), 'bops-fetch-'));
	installation = openInstallation(folder);
	council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
});
afterEach(() => {
	closeInstallation(installation);
	rmSync(folder, { recursive: true, force: true });
});

/** The rules as in production, but for a name and a network that only exist here. */
const rules = (changes: Partial<FetchRules> = {}): FetchRules => ({
	...fetchRules([`${host}:${port}`]),
	patience: 500,
	resolve: () => Promise.resolve(['127.0.0.1']),
	mayConnect: () => true,
	ca: cert,
	...changes
});
const at = (path: string) => `https://${host}:${port}${path}`;

function documentAt(url: string): string {
	const { caseId } = fileSubmission(
		council.register,
		bytesOf(submission({ files: [{ name: url }] })),
		{
			sender: 'import',
			council: 'LBH',
			whateverItNames: true,
			now: now()
		}
	);
	return caseId ?? '';
}
const documentOf = (caseId: string) => council.register.caseFile(caseId).all('document')[0];
const fetchAll = (changes: Partial<FetchRules> = {}, everything = true, when = now) =>
	fetchDocuments(council, rules(changes), { everything, now: when });

test('a named file arrives, is verified and received, and is not asked for again', async () => {
	const caseId = documentAt(at('/plan.pdf'));
	expect(await fetchAll()).toEqual({ fetched: 1, failed: 0, waiting: 0 });
	expect(documentOf(caseId)).toMatchObject({
		sha256: createHash('sha256').update(plan).digest('hex'),
		mime: 'application/pdf',
		size: plan.byteLength,
		bytesReceivedAt: expect.any(String) as string,
		fetchProblem: null
	});
	expect(await fetchAll()).toEqual({ fetched: 0, failed: 0, waiting: 0 });
	expect(asked).toEqual(['/plan.pdf']);
	expect(readdirSync(join(council.folder, 'uploads'))).toEqual([]);
});

test('without a list of hosts nothing is asked, and the document says so', async () => {
	const caseId = documentAt(at('/plan.pdf'));
	expect(await fetchAll({ hosts: [] })).toMatchObject({ failed: 1 });
	expect(documentOf(caseId)?.fetchProblem).toMatch(
		/not set to fetch files from files\.example\.test/
	);
	expect(asked).toEqual([]);
});

test.each<[string, string, Partial<FetchRules>, RegExp]>([
	['http', 'http://files.example.test/plan.pdf', {}, /https only/],
	['a file of this machine', 'file:///etc/passwd', {}, /https only/],
	['no address at all', 'plan.pdf', {}, /not a web address/],
	[
		'a name that resolves into a private network',
		'/plan.pdf',
		{ mayConnect: isPublicAddress },
		/private network/
	],
	[
		'a name with one private address among public ones',
		'/plan.pdf',
		{ mayConnect: isPublicAddress, resolve: () => Promise.resolve(['93.184.215.14', '10.0.0.1']) },
		/private network/
	],
	[
		'an address written as a number',
		'https://0x7f000001/plan.pdf',
		{ hosts: ['127.0.0.1'], mayConnect: isPublicAddress },
		/private network/
	],
	[
		'a mapped address',
		'https://[::ffff:127.0.0.1]/x',
		{ hosts: ['[::ffff:7f00:1]'], mayConnect: isPublicAddress },
		/private network/
	],
	[
		'a name nobody has',
		'/plan.pdf',
		{ resolve: () => Promise.reject(new Error('ENOTFOUND')) },
		/could not be found/
	],
	[
		'a name that only begins like an allowed one',
		'https://files.example.test.evil.example/x',
		{},
		/not set to/
	],
	[
		'a name hidden behind an at sign',
		'https://files.example.test@evil.example/x',
		{},
		/evil\.example/
	]
])('%s is not fetched, and the document says why', async (_what, url, changes, words) => {
	const caseId = documentAt(url.startsWith('/') ? at(url) : url);
	expect(await fetchAll(changes)).toMatchObject({ fetched: 0 });
	const problem = documentOf(caseId)?.fetchProblem ?? null;
	// a name that is no web address may not even become an address to fetch
	if (problem === null) expect(documentOf(caseId)?.sourceUrl).toBeNull();
	else expect(problem).toMatch(words);
	expect(asked).toEqual([]);
});

test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
	['a missing file', (_q, response) => response.writeHead(404).end(), /answered 404/],
	[
		'a sign-in page',
		(_q, response) => response.setHeader('content-type', 'text/html').end('<html>'),
		/web page instead/
	],
	['nothing', (_q, response) => response.end(), /empty file/],
	[
		'more than announced room',
		(_q, response) => response.setHeader('content-length', String(2 ** 40)).write('x'),
		/larger than/
	],
	['silence', () => {}, /within 0\.5 seconds/],
	[
		'a drip that never ends',
		(_q, response) => {
			const drip = setInterval(() => response.write('x'), 50);
			response.on('close', () => clearInterval(drip));
		},
		/within 0\.5 seconds/
	],
	['a cut line', (_q, response) => response.destroy(), /did not answer/],
	[
		'a redirect to a host off the list',
		(_q, response) => response.writeHead(302, { location: 'https://evil.example/x' }).end(),
		/evil\.example/
	],
	[
		'a redirect to plain http',
		(_q, response) => response.writeHead(302, { location: `http://${host}/x` }).end(),
		/https only/
	],
	[
		'a circle of redirects',
		(_q, response) => response.writeHead(302, { location: '/odd' }).end(),
		/without end/
	]
])('%s leaves its reason on the document and stops nothing else', async (_what, answer, words) => {
	answers['/odd'] = answer;
	const caseId = documentAt(at('/odd'));
	expect(await fetchAll()).toMatchObject({ fetched: 0, failed: 1 });
	expect(documentOf(caseId)?.fetchProblem).toMatch(words);
	expect(readdirSync(join(council.folder, 'uploads'))).toEqual([]);
});

test('a body longer than a file may be is cut off', async () => {
	answers['/odd'] = (_request, response) => {
		response.write(Buffer.alloc(3 * 1024 * 1024));
		response.end();
	};
	const caseId = documentAt(at('/odd'));
	await fetchAll({ largest: 1024 * 1024, patience: 10_000 });
	expect(documentOf(caseId)?.fetchProblem).toMatch(/larger than 1 MB/);
});

test('a redirect within the list is followed', async () => {
	answers['/moved'] = (_request, response) =>
		response.writeHead(302, { location: '/plan.pdf' }).end();
	documentAt(at('/moved'));
	expect(await fetchAll()).toMatchObject({ fetched: 1 });
});

test('a certificate for another name is not believed', async () => {
	const caseId = documentAt(`https://other.example:${port}/plan.pdf`);
	await fetchAll({ hosts: [`other.example:${port}`] });
	expect(documentOf(caseId)?.fetchProblem).toMatch(/did not answer/);
	expect(asked).toEqual([]);
});

test('what failed is tried again later and later by the server, at once by the operator', async () => {
	documentAt(at('/missing'));
	await fetchAll({}, false);
	expect(await fetchAll({}, false)).toEqual({ fetched: 0, failed: 0, waiting: 1 });
	expect(await fetchAll({}, true)).toMatchObject({ failed: 1 });
	const soon = () => new Date(now().getTime() + 9 * 60_000);
	expect(await fetchAll({}, false, soon)).toMatchObject({ waiting: 1 });
	const later = () => new Date(now().getTime() + 10 * 60_000);
	expect(await fetchAll({}, false, later)).toMatchObject({ failed: 1 });
});

test.each([
	['93.184.215.14', true],
	['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
	['10.1.2.3', false],
	['100.64.0.1', false],
	['127.0.0.1', false],
	['169.254.169.254', false],
	['172.31.255.255', false],
	['192.168.1.1', false],
	['0.0.0.0', false],
	['255.255.255.255', false],
	['::1', false],
	['::', false],
	['::ffff:10.0.0.1', false],
	['64:ff9b::a00:1', false],
	['fd00::1', false],
	['fe80::1', false],
	['2001:db8::1', false],
	['2002:a00:1::', false],
	['not an address', false]
])('%s is a public address: %s', (address, isPublic) => {
	expect(isPublicAddress(address)).toBe(isPublic);
});
