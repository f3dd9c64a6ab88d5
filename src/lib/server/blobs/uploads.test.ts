import { createHash, randomBytes } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { crc32, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { UploadMetadata } from '#lib/commands/protocol.ts';
import { caseOf, jo, robin, sam, TestDevice, withOfficers } from '../register/fixtures.ts';
import { Register } from '../register/register.ts';
import { FolderBlobs } from './blob-store.ts';
import { PictureHeaders } from './picture-headers.ts';
import { confirmWaitingBytes } from './received.ts';
import { blob, upload } from './schema.ts';
import { receiptHeader } from './upload-answers.ts';
import { Uploads } from './uploads.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const jpeg = await sharp({
	create: { width: 400, height: 300, channels: 3, background: 'green' }
})
	.jpeg()
	.toBuffer();

let folder: string;
let register: Register;
let pictures: PictureHeaders;
let uploads: Uploads;
let device: TestDevice;
let caseId: string;
let clock: Date;

beforeEach(() => {
	clock = new Date('2026-03-04T10:00:00.000Z');
	folder = mkdtempSync(join(tmpdir(), 'bops-uploads-'));
	register = withOfficers(Register.open(':memory:', { clock: () => clock }));
	pictures = new PictureHeaders();
	uploads = started();
	device = new TestDevice(register, jo);
	caseId = caseOf(register, jo);
});
afterEach(async () => {
	await pictures.close();
	register.close();
	rmSync(folder, { recursive: true, force: true });
});

/** As after a new start of the server: only the disk and the register remember. */
const started = () =>
	new Uploads(
		register,
		join(folder, 'uploads'),
		{ blobs: new FolderBlobs(join(folder, 'blobs')), pictures },
		'/api/uploads',
		() => clock
	);

function takePhoto(bytes: Uint8Array, changes: Record<string, unknown> = {}, inCase = caseId) {
	const visitId = v7();
	const id = v7();
	device.answer(
		device.envelope('plan-visit', inCase, {
			id: visitId,
			plannedFor: '2026-03-04',
			plannedTime: '',
			purpose: '',
			access: ''
		})
	);
	const answer = device.answer(
		device.envelope(
			'take-photo',
			inCase,
			{
				id,
				visitId,
				number: `JB-${id}`,
				caption: '',
				sha256: sha256(bytes),
				mime: 'image/jpeg',
				size: bytes.byteLength,
				width: 400,
				height: 300,
				position: null,
				heading: null,
				origin: 'camera',
				method: 'takePhoto',
				thumbnailSha256: null,
				...changes
			},
			{ blobs: [sha256(bytes)] }
		)
	);
	return { id, answer };
}

const metadata = (told: UploadMetadata): string =>
	Object.entries(told)
		.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
		.join(',');

const tus = (method: string, path: string, headers: Record<string, string>, body?: Uint8Array) =>
	new Request(`http://localhost${path}`, {
		method,
		headers: { 'tus-resumable': '1.0.0', ...headers },
		...(body === undefined ? {} : { body: Buffer.from(body) })
	});

const begin = (id: string, bytes: Uint8Array, told: Partial<UploadMetadata> = {}, as = jo) =>
	uploads.answer(
		tus('POST', '/api/uploads', {
			'upload-length': String(bytes.byteLength),
			'upload-metadata': metadata({
				caseId,
				of: 'original',
				id,
				sha256: sha256(bytes),
				mime: 'image/jpeg',
				...told
			})
		}),
		as
	);

const patch = (path: string, offset: number, bytes: Uint8Array, as = jo) =>
	uploads.answer(
		tus(
			'PATCH',
			path,
			{
				'upload-offset': String(offset),
				'content-type': 'application/offset+octet-stream',
				'content-length': String(bytes.byteLength)
			},
			bytes
		),
		as
	);
const head = (path: string, as = jo) => uploads.answer(tus('HEAD', path, {}), as);
const where = (response: Response) => response.headers.get('location') ?? '';

test('a photograph arrives: the answer is a receipt, and the file is there under its hash', async () => {
	const { id } = takePhoto(jpeg);
	const begun = await begin(id, jpeg);
	expect(begun.status).toBe(201);
	const done = await patch(where(begun), 0, jpeg);
	expect(done.status).toBe(200);
	const receipt = (await done.json()) as { sha256: string; seq: number; receipt: string };
	expect(receipt.sha256).toBe(sha256(jpeg));
	expect(JSON.parse(done.headers.get(receiptHeader) ?? '')).toEqual(receipt);
	expect(register.caseFile(caseId).get('photo', id)?.originalReceivedAt).toBe(clock.toISOString());
	const file = join(folder, 'blobs', receipt.sha256.slice(0, 2), receipt.sha256);
	expect(readFileSync(file).equals(jpeg)).toBe(true);
	expect(register.connection.orm.select().from(blob).get()).toMatchObject({
		mime: 'image/jpeg',
		width: 400,
		height: 300,
		pictureProblem: null
	});
	expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
});

test('an upload cut off goes on where it stopped, after a new start of the server too', async () => {
	const bytes = randomBytes(300_000);
	const { id } = takePhoto(bytes);
	const path = where(await begin(id, bytes));
	expect((await patch(path, 0, bytes.subarray(0, 100_000))).status).toBe(204);
	uploads = started();
	const stopped = await head(path);
	expect(stopped.headers.get('upload-offset')).toBe('100000');
	expect(stopped.headers.get('upload-length')).toBe('300000');
	expect((await patch(path, 0, bytes)).status).toBe(409);
	expect((await patch(path, 100_000, bytes.subarray(100_000))).status).toBe(200);
});

test('all bytes had arrived when the server stopped: asking where it stood gives the receipt', async () => {
	const { id } = takePhoto(jpeg);
	const path = where(await begin(id, jpeg));
	await patch(path, 0, jpeg.subarray(0, 10));
	const part = join(folder, 'uploads', path.split('/').at(-1) ?? '');
	writeFileSync(part, jpeg);
	uploads = started();
	const answer = await head(path);
	expect(answer.headers.get('upload-offset')).toBe(String(jpeg.byteLength));
	expect(JSON.parse(answer.headers.get(receiptHeader) ?? '')).toMatchObject({
		sha256: sha256(jpeg)
	});
	expect(register.caseFile(caseId).get('photo', id)?.originalReceivedAt).not.toBeNull();
});

test('guarantee-07 the server stopped when the bytes were in place and nothing said so: they are not asked for again', async () => {
	const { id } = takePhoto(jpeg);
	const path = where(await begin(id, jpeg));
	await patch(path, 0, jpeg.subarray(0, 10));
	// as after moving the verified part to its place, before the row was committed
	const part = join(folder, 'uploads', path.split('/').at(-1) ?? '');
	const shelf = join(folder, 'blobs', sha256(jpeg).slice(0, 2));
	mkdirSync(shelf, { recursive: true });
	rmSync(part);
	writeFileSync(join(shelf, sha256(jpeg)), jpeg);
	uploads = started();
	const answer = await head(path);
	expect(answer.headers.get('upload-offset')).toBe(String(jpeg.byteLength));
	expect(JSON.parse(answer.headers.get(receiptHeader) ?? '')).toMatchObject({
		sha256: sha256(jpeg)
	});
	expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
	expect(register.caseFile(caseId).get('photo', id)?.originalReceivedAt).not.toBeNull();
});

test('an answer lost on the way can be had again, from the same upload and from a new one', async () => {
	const { id } = takePhoto(jpeg);
	const path = where(await begin(id, jpeg));
	const lost = (await (await patch(path, 0, jpeg)).json()) as object;
	expect(JSON.parse((await head(path)).headers.get(receiptHeader) ?? '')).toEqual(lost);
	expect(await (await patch(path, 0, jpeg)).json()).toEqual(lost);
	const anew = await begin(id, jpeg);
	expect(anew.status).toBe(201);
	expect(await anew.json()).toEqual(lost);
	expect(await (await patch(where(anew), 0, jpeg)).json()).toEqual(lost);
});

test('a byte damaged on the way: the part is thrown away, journaled, and asked for again', async () => {
	const { id } = takePhoto(jpeg);
	const path = where(await begin(id, jpeg));
	const damaged = Buffer.from(jpeg);
	damaged[100] = (damaged[100] ?? 0) ^ 1;
	const answer = await patch(path, 0, damaged);
	expect(answer.status).toBe(460);
	expect(await answer.text()).toMatch(/damaged on the way.*begin the upload again/i);
	expect((await head(path)).status).toBe(410);
	expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
	expect(existsSync(join(folder, 'blobs'))).toBe(false);
	expect(register.connection.orm.select().from(upload).get()).toMatchObject({ state: 'wrong' });
	expect(register.caseFile(caseId).get('photo', id)?.originalReceivedAt).toBeNull();
	expect((await patch(where(await begin(id, jpeg)), 0, jpeg)).status).toBe(200);
});

test('the same photograph sent twice at once is received once', async () => {
	const { id } = takePhoto(jpeg);
	const [one, two] = await Promise.all([begin(id, jpeg), begin(id, jpeg)]);
	const answers = await Promise.all([patch(where(one), 0, jpeg), patch(where(two), 0, jpeg)]);
	const receipts = await Promise.all(answers.map((answer) => answer.json()));
	expect(receipts[0]).toEqual(receipts[1]);
	expect(
		register
			.caseFile(caseId)
			.all('event')
			.filter(({ type }) => type === 'photo-received')
	).toHaveLength(1);
});

describe('bytes are let in by words, never by their hash', () => {
	test('words first: bytes that no record names are refused', async () => {
		const answer = await begin(v7(), jpeg);
		expect(answer.status).toBe(409);
		expect(await answer.text()).toMatch(/words have to arrive first/);
	});

	test('a record of another case lets nothing in, and nobody learns that the bytes are known', async () => {
		const { id } = takePhoto(jpeg);
		await patch(where(await begin(id, jpeg)), 0, jpeg);
		const other = caseOf(register, jo);
		expect((await begin(id, jpeg, { caseId: other })).status).toBe(409);
		const there = takePhoto(jpeg, {}, other);
		const begun = await begin(there.id, jpeg, { caseId: other });
		expect(begun.headers.get(receiptHeader)).toBeNull();
		expect((await head(where(begun))).headers.get('upload-offset')).toBe('0');
	});

	test('bytes known in the same case are not sent again', async () => {
		const { id } = takePhoto(jpeg);
		await patch(where(await begin(id, jpeg)), 0, jpeg);
		const second = takePhoto(jpeg);
		const begun = await begin(second.id, jpeg);
		expect(begun.headers.get(receiptHeader)).not.toBeNull();
		expect(register.caseFile(caseId).get('photo', second.id)?.originalReceivedAt).not.toBeNull();
	});

	test('only the officer who began an upload goes on with it', async () => {
		const { id } = takePhoto(jpeg);
		const path = where(await begin(id, jpeg));
		expect((await head(path, sam)).status).toBe(404);
		expect((await patch(path, 0, jpeg, sam)).status).toBe(404);
		expect((await patch(path, 0, jpeg)).status).toBe(200);
	});

	test('bytes of a capture in quarantine are kept, and confirmed when it has been accepted', async () => {
		const theirs = caseOf(register, sam);
		const id = v7();
		const answer = device.answer(
			device.envelope(
				'add-document',
				theirs,
				{
					id,
					name: 'plan.jpg',
					tags: [],
					description: '',
					drawingNumber: null,
					receivedOn: null,
					sha256: sha256(jpeg),
					mime: 'image/jpeg',
					size: jpeg.byteLength
				},
				{ blobs: [sha256(jpeg)] }
			)
		);
		expect(answer.outcome).toBe('quarantined');
		const begun = await begin(id, jpeg, { caseId: theirs, of: 'document' });
		expect((await patch(where(begun), 0, jpeg)).status).toBe(200);
		const [waiting] = register.quarantined();
		register.acceptQuarantined(waiting?.id ?? '', robin);
		confirmWaitingBytes(register);
		expect(register.caseFile(theirs).get('document', id)?.bytesReceivedAt).not.toBeNull();
	});

	test('bytes of a capture that was declined are kept like the capture itself', async () => {
		const theirs = caseOf(register, sam);
		const { id, answer } = takePhoto(jpeg, {}, theirs);
		expect(answer.outcome).toBe('quarantined');
		for (const one of register.quarantined())
			register.declineQuarantined(one.id, robin, 'Not of this site.');
		const begun = await begin(id, jpeg, { caseId: theirs });
		expect((await patch(where(begun), 0, jpeg)).status).toBe(200);
		expect(register.caseFile(theirs).get('photo', id)).toBeUndefined();
	});
});

describe('what pictures may be', () => {
	const received = async (bytes: Buffer) => {
		const { id } = takePhoto(bytes);
		const answer = await patch(where(await begin(id, bytes)), 0, bytes);
		return { status: answer.status, kept: register.connection.orm.select().from(blob).get() };
	};

	test('a HEIC picture is kept as evidence', async () => {
		const heic = Buffer.concat([
			Buffer.from([0, 0, 0, 24]),
			Buffer.from('ftypheic'),
			randomBytes(500)
		]);
		expect(await received(heic)).toMatchObject({ status: 200, kept: { mime: 'image/heic' } });
	});

	test('a web page named .jpg is kept as octets and nothing else', async () => {
		const html = Buffer.from('<html><script>alert(1)</script></html>');
		expect(await received(html)).toMatchObject({
			status: 200,
			kept: { mime: 'application/octet-stream', width: null }
		});
	});

	test('fifty pictures that say they have 2.5 thousand million pixels are kept and never decoded', async () => {
		const before = process.memoryUsage().rss;
		const bomb = pngSaying(50_000, 50_000);
		expect(await received(bomb)).toMatchObject({
			status: 200,
			kept: {
				mime: 'image/png',
				width: null,
				pictureProblem:
					'The picture says it has more than 60 million pixels, and is not decoded here.'
			}
		});
		const file = join(folder, 'bomb.png');
		writeFileSync(file, bomb);
		const headers = await Promise.all(Array.from({ length: 50 }, () => pictures.read(file)));
		expect(headers.every(({ width, problem }) => width === null && problem !== null)).toBe(true);
		expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
	});

	test('a picture that takes too long to read costs that picture its size, and the next none', async () => {
		const hasty = new PictureHeaders(1);
		const file = join(folder, 'ok.jpg');
		writeFileSync(file, jpeg);
		expect(await hasty.read(file)).toMatchObject({
			width: null,
			problem: 'The picture took too long to read.'
		});
		await hasty.close();
		expect(await pictures.read(file)).toEqual({ width: 400, height: 300, problem: null });
	});

	test('a damaged picture with the right hash is kept', async () => {
		const cut = jpeg.subarray(0, 30);
		expect(await received(Buffer.from(cut))).toMatchObject({
			status: 200,
			kept: { pictureProblem: 'The picture cannot be decoded here.' }
		});
	});
});

describe('bad days', () => {
	test('more bytes than a file may have are refused before any is sent', async () => {
		const { id } = takePhoto(jpeg, { size: 201 * 1024 * 1024 });
		const answer = await uploads.answer(
			tus('POST', '/api/uploads', {
				'upload-length': String(201 * 1024 * 1024),
				'upload-metadata': metadata({
					caseId,
					of: 'original',
					id,
					sha256: sha256(jpeg),
					mime: 'image/jpeg'
				})
			}),
			jo
		);
		expect(answer.status).toBe(413);
		expect(await answer.text()).toMatch(/200 MB/);
	});

	test('a full disk is said to be one, and sending goes on when there is room', async () => {
		const { id } = takePhoto(jpeg);
		const path = where(await begin(id, jpeg));
		const part = join(folder, 'uploads', path.split('/').at(-1) ?? '');
		rmSync(part);
		symlinkSync('/dev/full', part);
		const full = await patch(path, 0, jpeg);
		expect(full.status).toBe(507);
		expect(await full.text()).toMatch(/disk is full/);
		rmSync(part);
		writeFileSync(part, '');
		expect((await patch(path, 0, jpeg)).status).toBe(200);
	});

	test('an upload nobody went on with for 90 days is dropped and stays in the journal', async () => {
		const { id } = takePhoto(jpeg);
		const path = where(await begin(id, jpeg));
		await uploads.dropUnfinished();
		expect((await head(path)).status).toBe(200);
		clock = new Date('2026-06-03T10:00:00.000Z');
		await uploads.dropUnfinished();
		expect((await head(path)).status).toBe(410);
		expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
		expect(register.connection.orm.select().from(upload).get()).toMatchObject({ state: 'expired' });
	});

	test.each(['../../register.sqlite', '%2e%2e%2fregister.sqlite', 'nothing', '', 'a/b'])(
		'the address %s names no upload',
		async (name) => {
			expect((await head(`/api/uploads/${name}`)).status).toBe(404);
		}
	);

	test.each<[string, Record<string, string>]>([
		['no length', { 'upload-metadata': 'caseId YQ==' }],
		['no metadata', { 'upload-length': '5' }],
		['metadata that is not base64', { 'upload-length': '5', 'upload-metadata': 'caseId ???' }],
		['a length to be told later', { 'upload-defer-length': '1' }]
	])('an upload with %s is refused in a sentence', async (_what, headers) => {
		const answer = await uploads.answer(tus('POST', '/api/uploads', headers), jo);
		expect(answer.status).toBe(400);
		expect(await answer.text()).toMatch(/^The upload does not say/);
	});
});

/** A PNG whose header alone is true. */
function pngSaying(width: number, height: number): Buffer {
	const chunk = (type: string, data: Buffer): Buffer => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.byteLength);
		const sum = Buffer.alloc(4);
		sum.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, sum]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.alloc(1000))),
		chunk('IEND', Buffer.alloc(0))
	]);
}
