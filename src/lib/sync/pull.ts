import type { Cursor, DeviceReport, PullAnswer, Transport } from '#lib/commands/protocol.ts';
import type { SentSetting } from '#lib/domain/council-settings.ts';
import { recordsErased, recordsErasedEvent, type RecordsErased } from '#lib/domain/erasure.ts';
import { recordSchemas } from '#lib/domain/records.ts';
import { journal, type Device, type RegisterClock, type Remembered } from '#lib/local/device.ts';
import { writingFirst } from '#lib/local/live.svelte.ts';
import { baseTables, clearBase, forgetErased, forgetUnknown, letGo } from '#lib/local/release.ts';
import { recordName } from '#lib/local/shown-case.ts';
import type { RecordRow } from '#lib/local/tables.ts';
import { beginAgain, sendAgain } from './epoch.ts';
import { keepDecisions, markArchived, markArrived } from './mark-outbox.ts';
import { RegisterFault } from './problems.ts';
import { clockToKeep } from './register-clock.ts';
import { reportOf } from './report.ts';
import { sealPage, type Page, type SealedPage } from './seal-page.ts';

/** A pull that would take away so many cases stops and asks (S13). */
const brake = { cases: 10, share: 0.2 };

/** A page that was asked for. */
interface Asked {
	cursor: Cursor;
	came: Promise<Came>;
}

interface Came {
	answer: PullAnswer;
	/** sealed while the page before it is being written; undefined when it is no page */
	sealed: SealedPage | undefined;
	/** when it was asked for and when it came, milliseconds since 1970 by this device's clock */
	asked: number;
	at: number;
}

const start: Cursor = { epoch: null, seq: 0, bootstrap: null };

const same = (a: Cursor, b: Cursor) => JSON.stringify(a) === JSON.stringify(b);

/** How far a pull came. `asks`: it would remove so many cases that a person decides first. */
export type Pulled = 'all' | 'asks';

/**
 * Fetches what has changed until there is no more.
 * @throws Unreachable, SignedOut, RegisterFault
 */
export async function pull(
	device: Device,
	transport: Transport,
	onPage: () => Promise<void> = () => Promise.resolve()
): Promise<Pulled> {
	const begins = ((await device.remembered('cursor')) ?? start).seq === 0;
	const all = () => pullAll(device, transport, onPage);
	return begins ? writingFirst(all) : all();
}

async function pullAll(
	device: Device,
	transport: Transport,
	onPage: () => Promise<void>
): Promise<Pulled> {
	// with the first page only: nothing of it changes while the others come
	let report: DeviceReport | null = await reportOf(device);
	const ask = (cursor: Cursor): Asked => {
		const said = report === null ? {} : { report };
		report = null;
		const asked = device.clock().getTime();
		const came = transport
			.pull({ device: device.deviceId, cursor, ...said })
			.then(async (answer) => {
				const at = device.clock().getTime();
				const sealed = 'epochChanged' in answer ? undefined : await sealPage(device, answer);
				return { answer, sealed, asked, at };
			});
		// whoever waits for it hears of its fault; nobody does when it is not wanted any more
		came.catch(() => undefined);
		return { cursor, came };
	};
	let ahead: Asked | null = null;
	for (let epochs = 0; ;) {
		const cursor = (await device.remembered('cursor')) ?? start;
		const page: Asked = ahead !== null && same(ahead.cursor, cursor) ? ahead : ask(cursor);
		const { answer, sealed, ...times } = await page.came;
		if ('epochChanged' in answer) {
			if (++epochs > 3) throw new RegisterFault(500, 'The register keeps changing its history.');
			await beginAgain(device, { sent: cursor.epoch ?? undefined, now: answer.epochChanged });
			continue;
		}
		if (answer.more && same(answer.cursor, cursor))
			throw new RegisterFault(500, 'The register does not get on with its answer.');
		// the next page travels while this one is written
		ahead = answer.more ? ask(answer.cursor) : null;
		const clock = await clockToKeep(device, times, answer.serverTime);
		const applied = await applyPage(device, cursor, answer, { clock, sealed });
		if (applied === 'asks') return 'asks';
		await onPage();
		if (applied === 'kept' && !answer.more) return 'all';
	}
}

/**
 * Writes one page and the cursor behind it in one transaction (S12). A page that was fetched
 * from another place than where the device now stands is thrown away: another tab was faster.
 *
 * @param known.clock how the register's clock stood in its answer; null: as it is kept
 * @param known.sealed the page as it is kept, when it has been sealed before
 */
export async function applyPage(
	device: Device,
	from: Cursor,
	page: Page,
	{ clock = null, sealed }: { clock?: RegisterClock | null; sealed?: SealedPage | undefined } = {}
): Promise<'kept' | 'overtaken' | 'asks'> {
	const { db } = device;
	// the usual answer, every half minute of a quiet day: the disk and the screens are left in peace
	if (await isNothingNew(device, from, page)) {
		if (clock !== null) await device.remember('clock', clock);
		return 'kept';
	}
	const epoch = page.cursor.epoch ?? '';
	const { known, unknown, officers, decisions } = sealed ?? (await sealPage(device, page));
	const { settings = [] } = page;
	const newRound = device.newId();
	const done = await device.run(() =>
		db.transaction('rw', [...baseTables(db), db.captures, db.sync], async () => {
			if (clock !== null) await device.put('clock', clock);
			// one question and one answer for all that is remembered: each costs the browser a turn
			const before = await device.getAll('cursor', 'round', 'brake', 'archivedSeq');
			const cursor = before.cursor ?? start;
			if (!same(cursor, from)) return 'overtaken';
			const begins = cursor.seq === 0 && cursor.bootstrap === null;
			const round = begins ? newRound : (before.round ?? newRound);

			const leaving = await casesToLeave(device, page, cursor, begins, round);
			if (!(await mayRemove(device, leaving, before.brake ?? null))) return 'asks';

			// the register may have been restored again while this device was at its beginning
			if (begins) await sendAgain(db, epoch);
			const held = await db.held.bulkGet(page.snapshots);
			for (const [n, caseId] of page.snapshots.entries())
				if (held[n] !== undefined) await clearBase(db, caseId);
			await db.held.bulkPut(page.snapshots.map((caseId) => ({ caseId, round, leaving: 0 })));
			await db.records.bulkPut(known);
			if (unknown.length > 0 || (await db.unknown.count()) > 0)
				await forgetUnknown(
					db,
					known.map(({ key }) => key)
				);
			await db.unknown.bulkPut(unknown);
			for (const act of erasuresIn(page)) await forgetErased(db, act);
			for (const caseId of leaving) await letGo(db, caseId);

			await markArrived(device, page);
			await keepDecisions(device, page, decisions);
			const { archivedSeq } = page;
			const isMoreArchived = (before.archivedSeq ?? 0) < archivedSeq;
			if (isMoreArchived) await markArchived(device, page);
			await device.putAll({
				...(isMoreArchived ? { archivedSeq } : {}),
				backup: page.backup,
				cursor: page.cursor,
				epoch,
				round,
				scopeSize: page.scopeSize,
				...(officers === null ? {} : { officers }),
				...(settings.length === 0 ? {} : { settings: await merged(device, settings) })
			});
			return 'kept';
		})
	);
	for (const { key } of unknown) await journal(device, 'not understood', key);
	if (done === 'asks') await journal(device, 'brake', `${page.left.length} cases would leave`);
	return done;
}

/** What the register has erased since, or ever on a case that comes anew. */
const erasuresIn = ({ records }: Page): RecordsErased[] =>
	records.flatMap((one) => {
		if (one.kind !== 'event' || one.record.type !== recordsErasedEvent) return [];
		return recordsErased.safeParse(one.record.detail).data ?? [];
	});

async function isNothingNew(device: Device, from: Cursor, page: Page): Promise<boolean> {
	const { records, snapshots, left, commands, decisions, officers } = page;
	if (officers !== null || !same(page.cursor, from)) return false;
	if ((page.settings ?? []).length > 0) return false;
	if ([records, snapshots, left, commands, decisions].some((list) => list.length > 0)) return false;
	return (
		((await device.remembered('archivedSeq')) ?? 0) === page.archivedSeq &&
		JSON.stringify(await device.remembered('backup')) === JSON.stringify(page.backup) &&
		(await device.remembered('scopeSize')) === page.scopeSize
	);
}

/** What the device has of the council's settings, with those that came over it. */
async function merged(device: Device, came: readonly SentSetting[]): Promise<SentSetting[]> {
	const kept = (await device.get('settings')) ?? [];
	return [...kept.filter((one) => !came.some(({ name }) => name === one.name)), ...came];
}

/** Cases that this page takes away: said so, or not brought by a first download that ends here. */
async function casesToLeave(
	device: Device,
	page: Page,
	cursor: Cursor,
	begins: boolean,
	round: string
): Promise<string[]> {
	const ends = (begins || cursor.bootstrap !== null) && page.cursor.bootstrap === null;
	if (page.left.length === 0 && !ends) return [];
	const held = await device.db.held.toArray();
	const brought = new Set(page.snapshots);
	const left = new Set(page.left);
	return held
		.filter(
			(one) => !brought.has(one.caseId) && (left.has(one.caseId) || (ends && one.round !== round))
		)
		.map((one) => one.caseId);
}

async function mayRemove(
	device: Device,
	leaving: readonly string[],
	asked: Remembered['brake']
): Promise<boolean> {
	if (leaving.length >= brake.cases && asked?.allowed !== true) {
		const held = await device.db.held.count();
		if (leaving.length >= held * brake.share) {
			await device.put('brake', { leaving: leaving.length, held, allowed: false });
			return false;
		}
	}
	if (asked !== null) await device.put('brake', null);
	return true;
}

/** A person has said that the cases may go. The next pull takes them away. */
export async function allowRemoval(device: Device): Promise<void> {
	const { db } = device;
	await device.run(() =>
		db.transaction('rw', db.sync, async () => {
			const asked = await device.get('brake');
			if (asked) await device.put('brake', { ...asked, allowed: true });
		})
	);
}

/** Records an earlier version of the app could not read, read by this one (S9). */
export async function readUnknown(device: Device): Promise<number> {
	const { db } = device;
	const kept = await device.run(() => db.unknown.toArray());
	const readable: RecordRow[] = [];
	for (const row of kept) {
		const schema = Object.hasOwn(recordSchemas, row.kind)
			? recordSchemas[row.kind as keyof typeof recordSchemas]
			: undefined;
		const record = await device.codec.open(row.body, recordName(row.key));
		if (schema?.safeParse(record).success === true) readable.push(row);
	}
	if (readable.length === 0) return 0;
	await device.run(() =>
		db.transaction('rw', [db.records, db.unknown], async () => {
			const present = await db.records.bulkGet(readable.map(({ key }) => key));
			await db.records.bulkPut(readable.filter((row, n) => (present[n]?.seq ?? 0) < row.seq));
			await forgetUnknown(
				db,
				readable.map(({ key }) => key)
			);
		})
	);
	return readable.length;
}
