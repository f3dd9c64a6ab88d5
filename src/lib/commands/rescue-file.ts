import { z } from 'zod';
import { id, instant, sha256 } from '#lib/domain/primitives.ts';
import { largestUpload } from './protocol.ts';
import { sealedOverhead } from './sealed-body.ts';

/**
 * What a tablet hands to its council outside the ordinary carrying: as a rescue file, or to the
 * register itself before it is wiped. Everything is as it lies on the tablet, sealed under its data
 * key; the data key is beside it in a box that only the council opens. Nothing is opened to make it.
 *
 * A mark, then entries: two lengths (32 bits, big end first), a head in JSON, a body. The first entry
 * is `begin`, the last one `end`, so that a file that was cut says so.
 */
export const rescueMark = new TextEncoder().encode('BoPS rescue file\n');
export const rescueVersion = 1;

const base64 = (longest: number) => z.base64().max(longest);

const begin = z.strictObject({
	is: z.literal('begin'),
	v: z.number().int().positive(),
	/** name of the council it is for */
	council: z.string().max(200),
	device: id,
	/** officer id */
	officer: id,
	/** the data key in the council's box, and the register's word that the box is this device's */
	box: base64(400),
	voucher: z.string().max(200),
	app: z.string().max(60),
	madeAt: instant,
	/** this file of so many, from 1; each can be read alone */
	part: z.number().int().positive(),
	parts: z.number().int().positive(),
	/** entries that follow before `end` */
	entries: z.number().int().nonnegative()
});
const command = z.strictObject({
	is: z.literal('command'),
	id: z.string().min(1).max(100),
	caseId: id,
	deviceSeq: z.number().int().positive(),
	/** the register's answer, sealed; null when there was none */
	answer: base64(16_384).nullable()
});
const bytes = z.strictObject({
	is: z.literal('bytes'),
	/** the row it is sealed for, as in `CaptureRow` */
	key: z.string().max(100),
	of: z.enum(['original', 'thumbnail', 'document']),
	/** photo or document id */
	id,
	caseId: id,
	commandId: z.string().max(100),
	sha256,
	/** of the bytes as sealed: the body's whole length, of which a body may be a part that begins at `from` */
	sealedSize: z
		.number()
		.int()
		.min(sealedOverhead)
		.max(largestUpload.original + sealedOverhead),
	from: z.number().int().nonnegative()
});
const draft = z.strictObject({
	is: z.literal('draft'),
	key: z.string().min(1).max(300),
	caseId: id
});
const unreadable = z.strictObject({
	is: z.literal('unreadable'),
	/** what the tablet itself could not read any more */
	what: z.enum(['command', 'bytes', 'draft']),
	key: z.string().max(300),
	commandId: z.string().max(100).nullable()
});
const end = z.strictObject({ is: z.literal('end') });

const head = z.discriminatedUnion('is', [begin, command, bytes, draft, unreadable, end]);
export type Begin = z.infer<typeof begin>;
export type BytesHead = z.infer<typeof bytes>;
export type Head = z.infer<typeof head>;
/** What can be handed over. */
export type ItemHead = Exclude<Head, { is: 'begin' | 'end' }>;

/** One thing handed over: its head, and its sealed body, read when it is asked for. */
export interface Item {
	head: ItemHead;
	/** bytes of the body */
	size: number;
	body: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** What became of one thing that was handed in. */
export interface TakenIn {
	is: 'command' | 'bytes' | 'draft';
	/** of the command; of bytes and words the key of their row */
	key: string;
	/** the command itself, or the one that the bytes belong to */
	commandId: string | null;
	caseId: string | null;
	/** `waits`: kept for a team leader · `wanted`: bytes that are not here, from `from` on */
	came: 'in' | 'already' | 'waits' | 'not' | 'wanted';
	from: number;
	/** why it waits or could not be taken in, as a sentence */
	why: string | null;
	/** of a command: what it was, for naming it */
	said: { name: string; payload: z.infer<ReturnType<typeof z.json>> } | null;
}

const lengths = 8;
const longestHead = 64 * 1024;
const longestBody = largestUpload.original + sealedOverhead;

/** An entry's lengths and head; its body follows. */
export function entryHead(given: Head, bodySize: number): Uint8Array<ArrayBuffer> {
	const json = new TextEncoder().encode(JSON.stringify(given));
	const whole = new Uint8Array(lengths + json.byteLength);
	const view = new DataView(whole.buffer);
	view.setUint32(0, json.byteLength);
	view.setUint32(4, bodySize);
	whole.set(json, lengths);
	return whole;
}

const words = {
	other: 'This is not a rescue file of BoPS. Nothing was taken in.',
	newer:
		'This rescue file was made by a newer version of BoPS than the register’s. Nothing was taken in. Keep the file, and import it when the register has been updated.',
	damaged:
		'The file is damaged from here on. What came before has been taken in. Keep the file and the tablet, and save the file there again.',
	short:
		'The file ends too early: it was not saved or copied to its end. What it holds has been taken in. Keep the file and the tablet, and save the file there again.'
} as const;

/** A rescue file that cannot be read, or not to its end; the message is for who imports it. */
export class RescueFileProblem extends Error {
	override name = 'RescueFileProblem';
	readonly what: keyof typeof words;
	constructor(what: keyof typeof words) {
		super(words[what]);
		this.what = what;
	}
}

/** Reads a file's bytes from one place up to another. */
export type ReadAt = (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>;

/** The beginning of a file, and where its items begin. @throws RescueFileProblem */
export async function readBegin(read: ReadAt, size: number): Promise<{ begin: Begin; at: number }> {
	const mark = await read(0, Math.min(size, rescueMark.byteLength));
	if (mark.byteLength < rescueMark.byteLength || rescueMark.some((one, n) => mark[n] !== one))
		throw new RescueFileProblem('other');
	const first = await readHead(read, rescueMark.byteLength, size, true);
	if (first.head.is !== 'begin') throw new RescueFileProblem('damaged');
	return { begin: first.head, at: first.next };
}

/**
 * The items of a file in their order; bodies are read when they are asked for.
 * @throws RescueFileProblem where it cannot be read on
 */
export async function* readItems(read: ReadAt, at: number, size: number): AsyncGenerator<Item> {
	for (;;) {
		const { head, body, next } = await readHead(read, at, size);
		if (head.is === 'end') return;
		if (head.is === 'begin') throw new RescueFileProblem('damaged');
		yield { head, size: next - body, body: () => read(body, next) };
		at = next;
	}
}

async function readHead(
	read: ReadAt,
	at: number,
	size: number,
	isFirst = false
): Promise<{ head: Head; body: number; next: number }> {
	if (at + lengths > size) throw new RescueFileProblem('short');
	const { buffer, byteOffset } = await read(at, at + lengths);
	const view = new DataView(buffer, byteOffset);
	const [headSize, bodySize] = [view.getUint32(0), view.getUint32(4)];
	if (headSize > longestHead || bodySize > longestBody) throw new RescueFileProblem('damaged');
	const body = at + lengths + headSize;
	if (body + bodySize > size) throw new RescueFileProblem('short');
	const json = new TextDecoder().decode(await read(at + lengths, body));
	const given = parsed(json);
	if (isFirst && isNewer(given)) throw new RescueFileProblem('newer');
	const known = head.safeParse(given);
	if (!known.success) throw new RescueFileProblem('damaged');
	return { head: known.data, body, next: body + bodySize };
}

const isNewer = (given: unknown): boolean =>
	given instanceof Object && 'v' in given && typeof given.v === 'number' && given.v > rescueVersion;

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}

/** Bytes in memory, read as a file. A copy, so that nobody keeps the whole for a part of it. */
export const readFrom =
	(whole: Uint8Array): ReadAt =>
	(from, to) =>
		Promise.resolve(new Uint8Array(whole.subarray(from, to)));
