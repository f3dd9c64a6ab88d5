import type { RecordsErased } from '#lib/domain/erasure.ts';
import type { BackupState } from '#lib/domain/keeping-rules.ts';
import type { Device } from './device.ts';
import type { KnownOfficersDatabase } from './known-officers.ts';
import { openCommands, type Kept } from './outbox.ts';
import type { DeviceDatabase, OutboxRow, UploadRow } from './tables.ts';

/*
 * The one door through which anything leaves the device's copy. Nothing else in `local` or
 * `sync` may delete (lint). What perhaps only this device has leaves by `release` alone,
 * and only when the register has it, a recent verified backup has it, and the days that the
 * council keeps have passed since the register said so, by the register's clock: the device's
 * own may be years ahead.
 */

const day = 24 * 60 * 60 * 1000;

export type Released = { released: true } | { released: false; because: string };

const stay = (because: string): Released => ({ released: false, because });

/** Removes one command with its bytes, or says why it stays. */
export async function release(device: Device, commandId: string): Promise<Released> {
	const { db } = device;
	const row = await device.run(() => db.outbox.get(commandId));
	if (row === undefined) return { released: true };
	const [neighbours, uploads] = await device.run(() =>
		Promise.all([
			db.outbox.where({ caseId: row.caseId }).toArray(),
			db.uploads.where({ caseId: row.caseId }).toArray()
		])
	);
	const around = await registerSaid(device);
	const kept = await openCommands(device, neighbours);
	const mine = kept.find((one) => one.row.id === commandId);
	if (mine === undefined) return { released: true };
	const things = touched(mine);
	for (const one of kept) {
		if (one !== mine && ![...touched(one)].some((thing) => things.has(thing))) continue;
		const because = whyItStays(one.row, uploads, around);
		if (because !== null) return stay(because);
	}
	return device.run(() =>
		db.transaction('rw', [db.outbox, db.captures, db.uploads], async () => {
			// another tab may have changed it since it was read
			const present = await db.outbox.get(commandId);
			if (present === undefined) return { released: true };
			const bytes = await db.uploads.where({ commandId }).toArray();
			const because = whyItStays(present, bytes, around);
			if (because !== null) return stay(because);
			await db.captures.bulkDelete(bytes.map((one) => one.key));
			await db.uploads.bulkDelete(bytes.map((one) => one.key));
			await db.outbox.delete(commandId);
			return { released: true };
		})
	);
}

/** Releases all that may be released. Returns how many commands left. */
export async function releaseAll(device: Device): Promise<number> {
	const { now, backup } = await registerSaid(device);
	if (backup?.releasing !== true || now === undefined) return 0;
	const before = now - backup.keepDays * day;
	const ripe = await device.run(() =>
		device.db.outbox
			.where({ state: 'done' })
			.filter((row) => row.archived === 1 && (row.archivedAt ?? Infinity) <= before)
			.primaryKeys()
	);
	let left = 0;
	for (const id of ripe) if ((await release(device, id)).released) left++;
	return left;
}

/** What the register last said of its clock and its backups; without its word nothing leaves. */
interface RegisterSaid {
	/** milliseconds since 1970 */
	now: number | undefined;
	backup: BackupState | undefined;
}

async function registerSaid(device: Device): Promise<RegisterSaid> {
	const [clock, backup] = await Promise.all([
		device.remembered('clock'),
		device.remembered('backup')
	]);
	return { now: clock?.server, backup };
}

/** Why a command has to stay on this device; null when it may leave. */
export function whyItStays(
	row: Pick<OutboxRow, 'id' | 'state' | 'archived' | 'archivedAt'>,
	uploads: readonly Pick<UploadRow, 'commandId' | 'state' | 'archived' | 'archivedAt'>[],
	{ now, backup }: RegisterSaid
): string | null {
	if (row.state === 'queued') return 'The register has not received it.';
	if (row.state === 'answered') return 'The register’s record of it has not arrived here yet.';
	if (row.state === 'trouble') return 'It still needs you.';
	if (row.archived === 0) return 'It is in no verified backup yet.';
	let since = row.archivedAt ?? Infinity;
	for (const upload of uploads) {
		if (upload.commandId !== row.id) continue;
		if (upload.state !== 'received') return 'The register has not received its bytes.';
		if (upload.archived === 0) return 'Its bytes are in no verified backup yet.';
		since = Math.max(since, upload.archivedAt ?? Infinity);
	}
	if (backup?.releasing !== true) return 'The council’s last verified backup is too old.';
	if (now === undefined) return 'The register has not said what day it is.';
	return now - since < backup.keepDays * day
		? `The register said less than ${backup.keepDays} days ago that it is backed up.`
		: null;
}

/** The records a command is about. */
function touched({ envelope }: Kept): Set<string> {
	const payload = envelope.payload;
	const things = new Set([envelope.id]);
	if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
		for (const key of ['id', 'conflictId']) {
			const value = payload[key];
			if (typeof value === 'string') things.add(value);
		}
	return things;
}

/** The tables that hold what the register has too of a case, and what says whether it may go. */
export const baseTables = (db: DeviceDatabase) =>
	[db.records, db.held, db.unknown, db.outbox, db.uploads, db.copies, db.drafts] as const;

/**
 * Takes a case off the screens, inside a transaction on `baseTables`: now when everything made
 * here has been received and no words are half typed, else it stays, marked as leaving. Its outbox and captures stay in any case.
 */
export async function letGo(db: DeviceDatabase, caseId: string): Promise<'gone' | 'leaving'> {
	if (await hasUnreceived(db, caseId)) {
		await db.held.update(caseId, { leaving: 1 });
		return 'leaving';
	}
	await db.records.where({ caseId }).delete();
	await db.unknown.where({ caseId }).delete();
	await db.copies.where({ caseId }).delete();
	await db.held.delete(caseId);
	// their records will not come: they are the register's, and no longer this officer's to see
	await db.outbox
		.where({ caseId })
		.filter((row) => row.state === 'answered')
		.modify({ state: 'done' });
	return 'gone';
}

/** Cases shown only until their last work has been received: no record of them arrives any more. */
export async function leavingCases(db: DeviceDatabase): Promise<ReadonlySet<string>> {
	// all of them in one go: to walk through them costs the browser a turn for each
	const held = await db.held.toArray();
	return new Set(held.filter((one) => one.leaving === 1).map((one) => one.caseId));
}

/** Makes room for a case's whole snapshot, inside a transaction on `baseTables`. */
export async function clearBase(db: DeviceDatabase, caseId: string): Promise<void> {
	await db.records.where({ caseId }).delete();
	await db.unknown.where({ caseId }).delete();
}

/** Lets cases go that only waited for their last work to be received, or words to be finished. */
export async function letGoLeaving(device: Device): Promise<void> {
	const { db } = device;
	if ((await device.run(() => leavingCases(db))).size === 0) return;
	await device.run(() =>
		db.transaction('rw', [...baseTables(db)], async () => {
			for (const caseId of await leavingCases(db)) await letGo(db, caseId);
		})
	);
}

async function hasUnreceived(db: DeviceDatabase, caseId: string): Promise<boolean> {
	const commands = await db.outbox
		.where({ caseId })
		.filter((row) => row.state === 'queued' && row.arrived === 0)
		.count();
	if (commands > 0) return true;
	const bytes = await db.uploads
		.where({ caseId })
		.filter((row) => row.state === 'waiting')
		.count();
	if (bytes > 0) return true;
	// words still being typed: taking the case away would take them off the screen
	return (await db.drafts.where({ caseId }).count()) > 0;
}

/** Evicts copies, oldest first, until at most `keep` bytes of them are left. Captures are never touched. */
export async function evictCopies(device: Device, keep: number): Promise<void> {
	const { db } = device;
	await device.run(() =>
		db.transaction('rw', db.copies, async () => {
			// keys of the index alone: the bytes themselves are not read
			const sizes: { sha256: string; size: number }[] = [];
			await db.copies
				.orderBy('[keptAt+size]')
				.reverse()
				.eachKey((key, { primaryKey }) => {
					sizes.push({ sha256: primaryKey, size: (key as unknown as [number, number])[1] });
				});
			let total = 0;
			const tooMany = sizes.filter(({ size }) => (total += size) > keep);
			await db.copies.bulkDelete(tooMany.map(({ sha256 }) => sha256));
		})
	);
}

/** Room is made for more than what is being saved, so that the next photograph does not meet a full tablet at once, bytes. */
const roomAhead = 32 * 1024 * 1024;

/** Evicts the oldest copies for something that only this device has. False when there were none to evict. */
export async function makeRoom(device: Device, needed: number): Promise<boolean> {
	const { db } = device;
	let total = 0;
	await device.run(async () => {
		total = 0;
		await db.copies.orderBy('[keptAt+size]').eachKey((key) => {
			total += (key as unknown as [number, number])[1];
		});
	});
	if (total === 0) return false;
	await evictCopies(device, Math.max(0, total - needed - roomAhead));
	return true;
}

/**
 * Gives up room that was kept free for photographs: so many blocks, of one visit first, or all
 * that a visit had. In a transaction of its own: only then is the room there for the next one.
 */
export async function giveUpBallast(
	device: Device,
	what: { blocks: number; first: string | null } | { visitId: string }
): Promise<boolean> {
	const { ballast } = device.db;
	return device.run(async () => {
		let keys: number[];
		if ('visitId' in what) keys = await ballast.where(what).primaryKeys();
		else {
			const { blocks, first } = what;
			keys =
				first === null ? [] : await ballast.where({ visitId: first }).limit(blocks).primaryKeys();
			if (keys.length === 0) keys = await ballast.limit(blocks).primaryKeys();
		}
		if (keys.length > 0) await ballast.bulkDelete(keys);
		return keys.length > 0;
	});
}

/**
 * The register has erased records: what this device keeps of them goes too, sent or not, inside a
 * transaction on `baseTables` and captures. It could only bring back what was taken away.
 */
export async function forgetErased(
	db: DeviceDatabase,
	{ things, commands, bytes }: Pick<RecordsErased, 'things' | 'commands' | 'bytes'>
): Promise<void> {
	const keys = things.flatMap(({ id }) =>
		['original', 'thumbnail', 'document'].map((of) => `${of}:${id}`)
	);
	await db.captures.bulkDelete(keys);
	await db.uploads.bulkDelete(keys);
	await db.copies.bulkDelete([...bytes]);
	await db.outbox.bulkDelete([...commands]);
}

/** Forgets unfinished words: they became a command, or their author threw them away. */
export async function forgetDraft(device: Device, key: string): Promise<void> {
	await device.run(() => device.db.drafts.delete(key));
}

/** Unknown records that this version can now read have become records. */
export async function forgetUnknown(db: DeviceDatabase, keys: string[]): Promise<void> {
	await db.unknown.bulkDelete(keys);
}

/** The journal is a ring. */
export async function forgetJournal(db: DeviceDatabase, upTo: number): Promise<void> {
	await db.journal.where('n').belowOrEqual(upTo).delete();
}

/** Takes an officer off the start page. */
export async function forgetOfficer(db: KnownOfficersDatabase, officerId: string): Promise<void> {
	await db.officers.delete(officerId);
}

/** What a tablet has handed over before it is wiped: nothing else may be on it when its copy goes. */
export interface HandedOver {
	/** ids of commands, keys of bytes, and of words that were being typed */
	commands: ReadonlySet<string>;
	bytes: ReadonlySet<string>;
	drafts: ReadonlySet<string>;
}

/**
 * Empties an officer's copy on an administrator's order, when the register has answered for every single
 * thing that is on it. False, and nothing is touched, when something else is: another window wrote it
 * meanwhile.
 */
export async function emptyCopy(db: DeviceDatabase, handed: HandedOver): Promise<boolean> {
	return db.transaction('rw', db.tables, async () => {
		const left: [Promise<string[]>, ReadonlySet<string>][] = [
			[db.outbox.toCollection().primaryKeys(), handed.commands],
			[db.captures.toCollection().primaryKeys(), handed.bytes],
			[db.drafts.toCollection().primaryKeys(), handed.drafts]
		];
		for (const [keys, gone] of left) if ((await keys).some((key) => !gone.has(key))) return false;
		for (const table of db.tables) await table.clear();
		return true;
	});
}

/** Takes the emptied copy off this browser. */
export const deleteCopy = (db: DeviceDatabase): Promise<void> => db.delete();

/** What opened an officer's copy goes with the copy. */
export async function forgetKeys(db: KnownOfficersDatabase, officerId: string): Promise<void> {
	await db.keys.delete(officerId);
}
