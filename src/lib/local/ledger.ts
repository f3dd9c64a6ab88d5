import type { Officer } from '#lib/domain/officer.ts';
import type { Device } from './device.ts';
import { lateTroubles } from './late-work.ts';
import { openCommands, type Kept } from './outbox.ts';
import { answered, commandOfDamaged, damagedBytes, decisionWords, type Trouble } from './replay.ts';
import { disagreement, isOpenFor, openRecords } from './shown-case.ts';
import type { RecordRow, UploadRow } from './tables.ts';
import { whatWasDone } from './words-of-acts.ts';

/** Where one thing is, in the order in which it travels. */
export type Whereabouts = 'on-this-tablet' | 'received' | 'backed-up';

export interface Counts {
	taken: number;
	/** not yet received by the register */
	onThisTablet: number;
	/** received by the register, a photograph or document by the hash of its original; backed up or not */
	received: number;
	/** in a verified backup */
	backedUp: number;
}

export type ThingKind = 'photo' | 'measurement' | 'note' | 'document';

/** One thing made on this device. */
export interface LedgerThing {
	kind: ThingKind;
	/** record id */
	id: string;
	commandId: string;
	caseId: string;
	visitId: string | null;
	/** "Photograph JB-3" */
	what: string;
	/** when, by this device's clock; an instant */
	at: string;
	where: Whereabouts;
	/** whether the register has the words, when it does not yet have the original */
	wordsReceived: boolean;
	/** when it is not simply on the case: set aside, accepted, declined, not done; a sentence */
	became: string | null;
	/** edits and acts on it: not counted, shown on its line */
	later: LedgerLine[];
}

/** An edit or act. */
export interface LedgerLine {
	what: string;
	/** an instant */
	at: string;
	where: Whereabouts;
	/** as in `LedgerThing` */
	became: string | null;
}

/** A visit, or the case itself for what belongs to no visit. */
export interface LedgerGroup {
	caseId: string;
	visitId: string | null;
	reference: string;
	address: string;
	counts: Counts;
	photos: Counts;
	things: LedgerThing[];
	/** acts and edits on the visit or the case that are on no thing's line */
	later: LedgerLine[];
}

/** What this tablet holds. */
export interface Ledger {
	counts: Counts;
	byKind: Record<ThingKind, Counts>;
	groups: LedgerGroup[];
	needsMe: Trouble[];
	/** when the oldest thing that is not received was made; an instant */
	oldestUnsent: string | null;
}

const kindOf: Record<string, ThingKind> = {
	'take-photo': 'photo',
	'take-measurement': 'measurement',
	'write-note': 'note',
	'add-document': 'document',
	'supply-document': 'document'
};

/** Counts what was made on this device and is still kept here. */
export async function ledger(device: Device): Promise<Ledger> {
	const { db } = device;
	const [rows, uploads, conflicts] = await device.run(() =>
		db.transaction('r', [db.outbox, db.uploads, db.records], () =>
			Promise.all([
				db.outbox.orderBy('deviceSeq').toArray(),
				db.uploads.toArray(),
				db.records.where({ kind: 'conflict' }).toArray()
			])
		)
	);
	const [kept, officers, disagreements, late] = await Promise.all([
		openCommands(device, rows),
		device.officers(),
		openDisagreements(device, conflicts),
		lateTroubles(device)
	]);
	const groups = new Map<string, LedgerGroup>();
	const things = new Map<string, { thing: LedgerThing; group: LedgerGroup }>();
	for (const one of kept) {
		const kind = kindOf[one.envelope.name];
		if (kind === undefined) continue;
		const { id, visitId } = subjects(one);
		const group = groupOf(groups, one, visitId);
		const thing: LedgerThing = {
			kind,
			id: id ?? one.envelope.id,
			commandId: one.envelope.id,
			caseId: one.envelope.caseId,
			visitId,
			what: whatWasDone(one.envelope),
			at: one.envelope.captured.wall,
			where: whereIs(one, uploads),
			wordsReceived: isReceived(one),
			became: whatBecame(one, officers),
			later: []
		};
		group.things.push(thing);
		things.set(thing.id, { thing, group });
	}
	for (const one of kept) {
		if (kindOf[one.envelope.name] !== undefined) continue;
		const line = {
			what: whatWasDone(one.envelope),
			at: one.envelope.captured.wall,
			where: whereIs(one, []),
			became: whatBecame(one, officers)
		};
		const { id, visitId } = subjects(one);
		const on = id === null ? undefined : things.get(id);
		(on?.thing ?? groupOf(groups, one, visitId)).later.push(line);
	}
	for (const group of groups.values()) {
		group.counts = count(group.things);
		group.photos = count(group.things.filter((thing) => thing.kind === 'photo'));
	}
	const all = [...things.values()].map(({ thing }) => thing);
	const unsent = kept.filter((one) => whereIs(one, uploads) === 'on-this-tablet');
	const damaged = new Set(
		uploads.filter((row) => row.damaged === 'needs-me').map((row) => row.commandId)
	);
	return {
		counts: count(all),
		byKind: {
			photo: count(all.filter((thing) => thing.kind === 'photo')),
			measurement: count(all.filter((thing) => thing.kind === 'measurement')),
			note: count(all.filter((thing) => thing.kind === 'note')),
			document: count(all.filter((thing) => thing.kind === 'document'))
		},
		groups: [...groups.values()],
		needsMe: [
			...kept.filter((one) => one.row.state === 'trouble').map((one) => answered(one, officers)),
			...kept.filter((one) => damaged.has(one.row.id)).map(damagedBytes),
			...disagreements,
			...late
		],
		oldestUnsent: unsent[0]?.envelope.captured.wall ?? null
	};
}

/**
 * The author has seen that it was refused, quarantined or damaged, and puts it aside. It stays until release.
 * @param troubleId as in `Trouble`
 */
export async function dismiss(device: Device, troubleId: string): Promise<void> {
	const { db } = device;
	const commandId = commandOfDamaged(troubleId);
	if (commandId !== null) {
		await device.run(() =>
			db.uploads.where({ commandId }).modify((row) => {
				if (row.damaged === 'needs-me') row.damaged = 'seen';
			})
		);
		return;
	}
	await device.run(() =>
		db.outbox.where({ id: troubleId }).modify((row) => {
			if (row.state !== 'trouble') return;
			row.state = 'done';
			row.dismissed = 1;
		})
	);
}

/** Conflicts in which this officer wrote one of the two values, with the case they are on. */
async function openDisagreements(device: Device, rows: readonly RecordRow[]): Promise<Trouble[]> {
	const mine = (await openRecords(device, rows)).flatMap((one) =>
		one.kind === 'conflict' && isOpenFor(one.record, device.officer.id) ? [one.record] : []
	);
	if (mine.length === 0) return [];
	const { records } = device.db;
	const keys = [...new Set(mine.map(({ caseId }) => `case:${caseId}`))];
	const found = await device.run(() => records.bulkGet(keys));
	const cases = await openRecords(
		device,
		found.filter((row) => row !== undefined)
	);
	return mine.map((conflict) => {
		const on = cases.find(({ record }) => record.id === conflict.caseId);
		return disagreement(conflict, on?.kind === 'case' ? on.record : undefined);
	});
}

function whatBecame(one: Kept, officers: ReadonlyMap<string, Officer>): string | null {
	const { row, decision } = one;
	if (row.outcome === 'refused') return 'The register did not do this.';
	if (row.outcome !== 'quarantined') return null;
	if (decision === null) return 'Set aside: a team leader decides.';
	return decisionWords(decision, officers);
}

const isReceived = ({ row }: Kept) => row.state !== 'queued' || row.arrived === 1;

function whereIs(one: Kept, uploads: readonly UploadRow[]): Whereabouts {
	const bytes = uploads.filter(
		(upload) => upload.commandId === one.row.id && upload.of !== 'thumbnail'
	);
	if (!isReceived(one) || bytes.some((upload) => upload.state !== 'received'))
		return 'on-this-tablet';
	return one.row.archived === 1 && bytes.every((upload) => upload.archived === 1)
		? 'backed-up'
		: 'received';
}

function count(things: readonly LedgerThing[]): Counts {
	const of = (where: Whereabouts) => things.filter((thing) => thing.where === where).length;
	const backedUp = of('backed-up');
	return {
		taken: things.length,
		onThisTablet: of('on-this-tablet'),
		received: of('received') + backedUp,
		backedUp
	};
}

/** The record a command is about, and the visit it belongs to. */
function subjects({ envelope }: Kept): { id: string | null; visitId: string | null } {
	const said = envelope.payload as Record<string, unknown>;
	const id = typeof said['id'] === 'string' ? said['id'] : null;
	const onVisit = envelope.name.endsWith('-visit') || said['kind'] === 'visit';
	const visitId = typeof said['visitId'] === 'string' ? said['visitId'] : onVisit ? id : null;
	return { id, visitId };
}

function groupOf(groups: Map<string, LedgerGroup>, one: Kept, visitId: string | null): LedgerGroup {
	const { caseId } = one.envelope;
	const key = visitId ?? caseId;
	const known = groups.get(key);
	if (known !== undefined) return known;
	const none = count([]);
	const made = { caseId, visitId, ...one.about, counts: none, photos: none, things: [], later: [] };
	groups.set(key, made);
	return made;
}
