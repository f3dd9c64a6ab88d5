import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FolderBlobs } from './blob-store.ts';
import { fileType } from './file-type.ts';
import { disposition, rangeOf, serveBytes } from './serve.ts';

const bytes = Buffer.from('0123456789');
const sha256 = createHash('sha256').update(bytes).digest('hex');
let folder: string;
let blobs: FolderBlobs;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bops-serve-'));
	blobs = new FolderBlobs(join(folder, 'blobs'));
	mkdirSync(join(folder, 'in'));
	writeFileSync(join(folder, 'in', 'part'), bytes);
	await blobs.keep(join(folder, 'in', 'part'), sha256);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (headers: Record<string, string> = {}, name = 'plan.pdf') =>
	serveBytes(new Request('http://localhost/', { headers }), blobs, {
		sha256,
		mime: 'application/pdf',
		name
	});

test('bytes go out as an attachment that no browser runs, sniffs or keeps', async () => {
	const answer = await get();
	expect(answer.status).toBe(200);
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-type': 'application/pdf',
		'content-disposition': `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
		'x-content-type-options': 'nosniff',
		'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
		'cache-control': 'no-store',
		'content-length': '10',
		etag: `"${sha256}"`
	});
	expect(await answer.text()).toBe('0123456789');
});

test.each([
	['bytes=2-4', 206, '234', 'bytes 2-4/10'],
	['bytes=7-', 206, '789', 'bytes 7-9/10'],
	['bytes=-3', 206, '789', 'bytes 7-9/10'],
	['bytes=5-100', 206, '56789', 'bytes 5-9/10'],
	['bytes=10-', 416, '', 'bytes */10'],
	['bytes=4-2', 416, '', 'bytes */10'],
	['bytes=0-1,3-4', 200, '0123456789', null],
	['lines=1-2', 200, '0123456789', null],
	['bytes=-', 200, '0123456789', null]
])('the range %s is answered with %d', async (range, status, text, contentRange) => {
	const answer = await get({ range });
	expect(answer.status).toBe(status);
	expect(answer.headers.get('content-range')).toBe(contentRange);
	expect(await answer.text()).toBe(text);
});

test('a range of another version is answered whole, a known version with nothing', async () => {
	expect((await get({ range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200);
	expect((await get({ range: 'bytes=2-4', 'if-range': `"${sha256}"` })).status).toBe(206);
	expect((await get({ 'if-none-match': `"${sha256}"` })).status).toBe(304);
});

test('bytes that the disk has lost are said to be missing', async () => {
	const answer = await serveBytes(new Request('http://localhost/'), blobs, {
		sha256: 'f'.repeat(64),
		mime: 'application/pdf',
		name: 'plan.pdf'
	});
	expect(answer.status).toBe(404);
	expect(await answer.json()).toHaveProperty('message');
});

test.each([
	['../../etc/passwd', 'passwd', 'passwd'],
	['C:\\temp\\plan.pdf', 'plan.pdf', 'plan.pdf'],
	[
		'plan"; filename="x.html',
		'plan__ filename=_x.html'.replace('=', '_'),
		'plan%22%3B%20filename%3D%22x.html'
	],
	['plan\r\nSet-Cookie: a=b', 'planSet-Cookie_ a_b', 'planSet-Cookie%3A%20a%3Db'],
	['Lageplan für Zoë.pdf', 'Lageplan f_r Zo_.pdf', 'Lageplan%20f%C3%BCr%20Zo%C3%AB.pdf'],
	['evil\u202Efdp.exe', 'evilfdp.exe', 'evilfdp.exe'],
	["it's (1)*.pdf", 'it_s (1)_.pdf', 'it%27s%20%281%29%2A.pdf'],
	['...', 'file', 'file'],
	['', 'file', 'file'],
	['\ud800plan.pdf', 'plan.pdf', 'plan.pdf']
])('the name %j is made safe', (name, plain, encoded) => {
	expect(disposition(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
});

test('a name of a thousand letters is shortened, and no emoji is cut in two', () => {
	expect(disposition('a'.repeat(1000)).length).toBeLessThan(400);
	expect(() => disposition(`${'a'.repeat(149)}😀`)).not.toThrow();
});

test('only a hash names bytes', () => {
	expect(() => blobs.read('../../etc/passwd')).toThrow(/Not a SHA-256/);
});

test('ranges of an empty file are outside it', () => {
	expect(rangeOf('bytes=0-', 0)).toBe('outside');
});

test.each([
	['ffd8ffe0', 'image/jpeg'],
	['89504e470d0a1a0a', 'image/png'],
	['524946460000000057454250', 'image/webp'],
	['474946383961', 'image/gif'],
	['0000001c66747970617669660000', 'image/avif'],
	['00000018667479706865696300000000', 'image/heic'],
	['255044462d312e37', 'application/pdf'],
	['3c68746d6c3e', 'application/octet-stream'],
	['3c737667', 'application/octet-stream'],
	['504b0304', 'application/octet-stream'],
	['', 'application/octet-stream']
])('bytes that begin with %s are %s', (hex, mime) => {
	expect(fileType(Buffer.from(hex, 'hex'))).toBe(mime);
});
