import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { PieceSize } from '#lib/sync/piece-size.ts';
import { amount, reported } from '../reliability/report.ts';
import { Cut, sha256, type FieldClient, type Photo } from './field-client.ts';
import { Field } from './field.ts';
import { notOnce, lostFrom, nothingYet } from './proven.ts';
import { FaultProxy, type Direction, type Fault } from './proxy.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const photograph = 10 * mebibyte;
/** one piece of an upload, which is the most that a cut may cost */
const piece = mebibyte;
/** cut points in one photograph */
const points = photograph / (64 * kibibyte);
/** bytes that a line lets pass before it is cut again */
const between = 700 * kibibyte;

let field: Field;
let proxy: FaultProxy;
let client: FieldClient;
const heard = nothingYet();

beforeAll(async () => {
	field = await Field.with(1);
	await field.server.start();
	proxy = await FaultProxy.before(field.server.port);
	client = field.clients[0] as FieldClient;
}, 60_000);
afterAll(async () => {
	await proxy.close();
	await field.close();
});

/** A command goes until it is answered, whatever happens to it on the way. */
async function pushUntilHeard(commands: readonly Envelope[]): Promise<Answer[]> {
	for (;;)
		try {
			return await client.push(commands);
		} catch (error) {
			if (!(error instanceof Cut)) throw error;
			client.reconnect();
		}
}

async function said(commands: readonly Envelope[]): Promise<void> {
	const answers = await pushUntilHeard(commands);
	for (const [n, envelope] of commands.entries())
		heard.commands.push({ envelope, answer: answers[n] as Answer });
}

/** A photograph whose words are with the register, and whose bytes have to follow. */
async function taken(size = photograph): Promise<Photo> {
	client.reconnect(field.server.port);
	const { commands, photo } = client.photograph(randomBytes(size));
	await said(commands);
	return photo;
}

/** Sends until the connection is cut. @returns bytes that the register has of it */
async function sendUntilCut(photo: Photo, bytes: number): Promise<number> {
	proxy.does({ kind: 'cut', direction: 'up', bytes });
	client.reconnect(proxy.port);
	await client.upload(photo).catch((error: unknown) => {
		if (!(error instanceof Cut)) throw error;
	});
	client.reconnect(field.server.port);
	if (photo.url === null || photo.receipt !== null) return photo.receipt === null ? 0 : photograph;
	for (;;)
		try {
			return await client.standsAt(photo);
		} catch (error) {
			if (!(error instanceof Cut)) throw error;
		}
}

/** It is in the store byte for byte; taken away then, for the disk's sake. */
function expectKept({ sha256: hash, receipt }: Photo): void {
	expect(receipt?.sha256).toBe(hash);
	const file = join(field.dataDir, 'LBH', 'blobs', hash.slice(0, 2), hash);
	expect(sha256(readFileSync(file))).toBe(hash);
	rmSync(file);
}

test('guarantee-07 a photograph of 10 MB cut again and again on its way arrives whole', async () => {
	const about = { guarantee: 7, name: 'photograph-cut-again-and-again', seed: null };
	await reported(about, async (counts) => {
		const photo = await taken();
		let had = 0;
		Object.assign(counts, { cuts: 0, 'bytes sent again at most': 0 });
		while (had < photograph) {
			const [up, cuts] = [proxy.up, proxy.cuts];
			const has = await sendUntilCut(photo, between);
			expect(has, 'it never goes back').toBeGreaterThanOrEqual(had);
			const sent = Math.min(proxy.up - up, between);
			const again = proxy.cuts > cuts ? sent - (has - had) : 0;
			counts['cuts'] = (counts['cuts'] ?? 0) + proxy.cuts - cuts;
			counts['bytes sent again at most'] = Math.max(counts['bytes sent again at most'] ?? 0, again);
			had = has;
		}
		await client.upload(photo);
		expectKept(photo);
		expect(counts['cuts']).toBeGreaterThanOrEqual(photograph / between - 1);
		expect(counts['bytes sent again at most']).toBeLessThanOrEqual(piece);
	});
}, 300_000);

/** some lines die so soon that one large piece never gets through */
const shortest = 64 * kibibyte;
const onShortLines = amount(2 * mebibyte, photograph);
test('guarantee-07 a photograph arrives whole over a line that dies after every 64 KiB', async () => {
	const about = { guarantee: 7, name: 'photograph-on-lines-of-64-KiB', seed: null };
	await reported(about, async (counts) => {
		const photo = await taken(onShortLines);
		const pieces = new PieceSize();
		const { cuts } = proxy;
		proxy.does({ kind: 'cut', direction: 'up', bytes: shortest });
		let stuck = 0;
		for (let had = 0; photo.receipt === null;) {
			client.reconnect(proxy.port);
			const cutting = await client.upload(photo, pieces).then(
				() => false,
				(error: unknown) => {
					if (!(error instanceof Cut)) throw error;
					return true;
				}
			);
			if (!cutting) break;
			pieces.cut();
			client.reconnect(field.server.port);
			const has = photo.url === null ? 0 : await client.standsAt(photo);
			stuck = has > had ? 0 : stuck + 1;
			// pieces have to become small first; from then on every line takes some
			expect(stuck, 'it gets on').toBeLessThanOrEqual(had === 0 ? 3 : 0);
			had = has;
		}
		expectKept(photo);
		counts['cuts'] = proxy.cuts - cuts;
		expect(counts['cuts']).toBeGreaterThanOrEqual(onShortLines / shortest - 1);
		// a cut costs the piece that was on its way: less than half of what a line lets pass
		expect(counts['cuts']).toBeLessThanOrEqual((2 * onShortLines) / shortest);
	});
}, 120_000);

const alone = amount(5, points);
test(
	`guarantee-07 a photograph of 10 MB cut at one of ${points} points goes on there, at ${alone} of them`,
	async () => {
		const about = { guarantee: 7, name: 'photograph-cut-at-each-point', seed: null };
		await reported(about, async (counts) => {
			Object.assign(counts, { cuts: 0, 'bytes sent again at most': 0 });
			for (let n = 0; n < alone; n += 1) {
				const at = Math.round(((n + 0.5) * photograph) / alone);
				const photo = await taken();
				const cuts = proxy.cuts;
				const has = await sendUntilCut(photo, at);
				// what passed is a little more than the photograph's own bytes: it has headers too
				const again = at - has;
				counts['cuts'] = (counts['cuts'] ?? 0) + proxy.cuts - cuts;
				counts['bytes sent again at most'] = Math.max(
					counts['bytes sent again at most'] ?? 0,
					again
				);
				expect(again, `cut after ${at} bytes`).toBeLessThanOrEqual(piece);
				await client.upload(photo);
				expectKept(photo);
			}
			expect(counts['cuts']).toBe(alone);
		});
	},
	60_000 + alone * 5_000
);

test('guarantee-08 a push cut at any byte, either way, is done once and answered the same', async () => {
	const about = { guarantee: 8, name: 'push-cut-at-bytes', seed: null };
	await reported(about, async (counts) => {
		const length = await lengthOfPush();
		const step = amount(61, 1);
		Object.assign(counts, { cuts: 0, 'bytes up': length.up, 'bytes down': length.down });
		for (const direction of ['up', 'down'] as const)
			for (let bytes = 0; bytes <= length[direction]; bytes += step) {
				const note = aNote();
				const cuts = proxy.cuts;
				const first = await pushOnce(note, { kind: 'cut', direction, bytes });
				counts['cuts'] = (counts['cuts'] ?? 0) + proxy.cuts - cuts;
				client.reconnect(field.server.port);
				const [again] = await client.push([note]);
				if (first !== null) expect(again, `${direction}, byte ${bytes}`).toEqual(first);
				heard.commands.push({ envelope: note, answer: again as Answer });
			}
		expect(counts['cuts']).toBeGreaterThan((length.up + length.down) / step / 2);
	});
}, 600_000);

/** A note that makes a push of about 2 KiB. */
function aNote(): Envelope {
	client.anotherDevice();
	return client.note(`Boundary wall. ${'Brick, in need of repointing. '.repeat(40)}`);
}

async function pushOnce(note: Envelope, fault: Fault): Promise<Answer | null> {
	proxy.does(fault);
	client.reconnect(proxy.port);
	try {
		return (await client.push([note]))[0] ?? null;
	} catch (error) {
		if (error instanceof Cut) return null;
		throw error;
	}
}

/** Bytes of one push, with its headers, each way: found by the first cut that does not hurt. */
async function lengthOfPush(): Promise<Record<Direction, number>> {
	const before = { up: proxy.up, down: proxy.down };
	const note = aNote();
	const answer = await pushOnce(note, { kind: 'none' });
	if (answer === null) throw new Error('A push without a fault was not answered.');
	heard.commands.push({ envelope: note, answer });
	return { up: proxy.up - before.up, down: proxy.down - before.down };
}

test('guarantee-09 what arrives twice at the same moment is done once, and asked five times answered the same', async () => {
	const about = { guarantee: 9, name: 'requests-that-arrive-twice', seed: null };
	await reported(about, async (counts) => {
		const times = amount(20, 300);
		for (let n = 0; n < times; n += 1) {
			const note = aNote();
			const first = await pushOnce(note, { kind: 'duplicate' });
			client.reconnect(field.server.port);
			for (let again = 0; again < 5; again += 1)
				expect((await client.push([note]))[0]).toEqual(first);
			heard.commands.push({ envelope: note, answer: first as Answer });
		}
		counts['requests that arrived twice'] = times;
		counts['repeats'] = times * 5;
	});
}, 300_000);

test('guarantee-08 a slow line, a delay, a dead line and a hotel’s page lose nothing', async () => {
	const about = { guarantee: 8, name: 'bad-lines', seed: null };
	await reported(about, async (counts) => {
		const faults: Fault[] = [
			{ kind: 'slow', bytesPerSecond: 10_000 },
			{ kind: 'delay', milliseconds: 300 },
			{ kind: 'portal' },
			{ kind: 'half-open', direction: 'up', bytes: 500 },
			{ kind: 'half-open', direction: 'down', bytes: 100 }
		];
		for (const fault of faults) {
			const note = aNote();
			proxy.does(fault);
			client.reconnect(proxy.port);
			const pushed = pushOnce(note, fault);
			// nothing comes over a dead line, and nobody is told: the tablet gives it up
			if (fault.kind === 'half-open') await proxy.stuck();
			if (fault.kind === 'half-open') proxy.dropAll();
			const first = await pushed;
			expect(first === null, fault.kind).toBe(
				fault.kind === 'portal' || fault.kind === 'half-open'
			);
			client.reconnect(field.server.port);
			await said([note]);
			counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
		}
	});
}, 120_000);

test('guarantee-08 after all of this everything answered is in the register, once', async () => {
	await field.server.kill();
	await field.inRegister((council) => {
		expect(lostFrom(council, heard)).toEqual([]);
		expect(notOnce(council, heard)).toEqual([]);
	});
});
