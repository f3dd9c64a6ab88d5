import {
	entryHead,
	rescueMark,
	rescueVersion,
	type Begin,
	type Item,
	type ItemHead
} from '#lib/commands/rescue-file.ts';
import { toBase64 } from './data-key.ts';
import type { KeyRow } from './key-row.ts';
import { isBytes } from './sealed-codec.ts';
import type { DeviceDatabase } from './tables.ts';

/*
 * What a rescue file holds of one officer's copy. Rows go into it as they lie, sealed: so it can be
 * made while the copy is locked, and nothing is ever deleted or marked by making it.
 */

/** `unsent`: what the register has not received · `everything`: all that is still kept here. */
export type RescueChoice = 'unsent' | 'everything';

/** Files larger than this are hard to carry, and to hold for a browser: bytes. */
const largestFile = 200 * 1024 * 1024;
/** Rows read at a time. */
const batch = 50;

/** What would go into rescue files. */
export interface RescuePlan {
	/** ids of commands, in the order made */
	commands: string[];
	/** keys of words that were being typed */
	drafts: string[];
	/** keys of bytes for each file */
	files: string[][];
	/** photographs and documents */
	pictures: number;
	/** of all files, about */
	bytes: number;
}

export async function planRescue(db: DeviceDatabase, choice: RescueChoice): Promise<RescuePlan> {
	const uploads = (await db.uploads.orderBy('key').toArray())
		.filter((row) => choice === 'everything' || row.state === 'waiting')
		.sort((a, b) => a.deviceSeq - b.deviceSeq);
	const ofBytes = new Set(uploads.map((row) => row.commandId));
	const commands: string[] = [];
	let bytes = 0;
	await db.outbox.orderBy('deviceSeq').each(({ id, state, size }) => {
		if (choice === 'unsent' && state !== 'queued' && !ofBytes.has(id)) return;
		commands.push(id);
		bytes += size;
	});
	const drafts = await db.drafts.toCollection().primaryKeys();
	const files: string[][] = [[]];
	let filled = bytes;
	for (const { key, size } of uploads) {
		if (filled + size > largestFile && files.at(-1)?.length !== 0) {
			files.push([]);
			filled = bytes;
		}
		files.at(-1)?.push(key);
		filled += size;
	}
	return {
		commands,
		drafts,
		files,
		pictures: uploads.filter((row) => row.of !== 'thumbnail').length,
		bytes: uploads.reduce((sum, row) => sum + row.size, bytes * files.length)
	};
}

/** Who hands over, as `begin` says it. */
export interface HandingOver {
	keys: KeyRow;
	/** the council's name */
	council: string;
	/** version of the application */
	app: string;
	/** an instant */
	madeAt: string;
}

export function beginOf(
	{ keys, council, app, madeAt }: HandingOver,
	of: { part: number; parts: number; entries: number }
): Begin {
	return {
		...{ is: 'begin', v: rescueVersion, council, app, madeAt, ...of },
		device: keys.deviceId,
		officer: keys.officerId,
		box: toBase64(new Uint8Array(keys.box)),
		voucher: keys.voucher
	};
}

/**
 * The things of one file: words first, because bytes are taken in by the words that name them. A row
 * that left meanwhile is left out; one that the browser cannot read any more is named.
 */
export async function* rescueItems(
	db: DeviceDatabase,
	{ commands, drafts }: Pick<RescuePlan, 'commands' | 'drafts'>,
	bytes: readonly string[]
): AsyncGenerator<Item> {
	for (let from = 0; from < commands.length; from += batch)
		for (const id of commands.slice(from, from + batch)) {
			const row = await kept(() => db.outbox.get(id));
			if (row === 'unreadable') yield nothing('command', id, id);
			else if (row !== undefined)
				yield item(
					{
						is: 'command',
						id,
						caseId: row.caseId,
						deviceSeq: row.deviceSeq,
						answer: row.answer === null ? null : toBase64(sealed(row.answer))
					},
					sealed(row.body)
				);
		}
	for (const key of drafts) {
		const row = await kept(() => db.drafts.get(key));
		if (row === 'unreadable') yield nothing('draft', key, null);
		else if (row !== undefined)
			yield item({ is: 'draft', key, caseId: row.caseId }, sealed(row.body));
	}
	for (const key of bytes) {
		const about = await db.uploads.get(key);
		if (about === undefined) continue;
		const row = await kept(() => db.captures.get(key));
		if (row === 'unreadable' || row === undefined) {
			yield nothing('bytes', key, about.commandId);
			continue;
		}
		const body = sealed(row.body);
		const { of, id, caseId, commandId } = about;
		yield item(
			{
				...{ is: 'bytes', key, of, id, caseId, commandId, sha256: row.sha256 },
				...{ sealedSize: body.byteLength, from: 0 }
			},
			body
		);
	}
}

const item = (head: ItemHead, body: Uint8Array<ArrayBuffer>): Item => ({
	head,
	size: body.byteLength,
	body: () => Promise.resolve(body)
});
const nothing = (
	what: 'command' | 'bytes' | 'draft',
	key: string,
	commandId: string | null
): Item => item({ is: 'unreadable', what, key, commandId }, new Uint8Array());

/** A body that an earlier version left in the open may not go into a file. */
function sealed(body: unknown): Uint8Array<ArrayBuffer> {
	if (!isBytes(body)) throw new Error('This copy has not been sealed yet.');
	return new Uint8Array(body);
}

async function kept<T>(read: () => PromiseLike<T>): Promise<T | 'unreadable'> {
	try {
		return await read();
	} catch {
		return 'unreadable';
	}
}

/** One rescue file, piece by piece: at most one photograph of it is in memory. */
export async function* rescueFile(
	db: DeviceDatabase,
	plan: RescuePlan,
	file: number,
	who: HandingOver
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const keys = plan.files[file] ?? [];
	yield rescueMark;
	const entries = plan.commands.length + plan.drafts.length + keys.length;
	yield entryHead(beginOf(who, { part: file + 1, parts: plan.files.length, entries }), 0);
	for await (const { head, size, body } of rescueItems(db, plan, keys)) {
		yield entryHead(head, size);
		yield await body();
	}
	yield entryHead({ is: 'end' }, 0);
}
