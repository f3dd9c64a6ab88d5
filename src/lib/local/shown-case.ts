import { CaseFile } from '#lib/commands/case-file.ts';
import { clockCase } from '#lib/commands/clock/clock-case.ts';
import { clockCaseOf } from '#lib/domain/clock/clock-case.ts';
import type { ClockCase } from '#lib/domain/clock/clock.ts';
import type { Conflict } from '#lib/domain/conflict.ts';
import { editableField } from '#lib/domain/editable-fields.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { ClockFacts } from '#lib/domain/clock/clock-facts.ts';
import type { TimelineEvent } from '#lib/domain/timeline-event.ts';
import type { CaseFacts } from '#lib/domain/workflow/case-facts.ts';
import type { Visit } from '#lib/domain/visit.ts';
import type { Device } from './device.ts';
import { lateTrouble, lateTroubles } from './late-work.ts';
import { isPending, openCommands } from './outbox.ts';
import { leavingCases } from './release.ts';
import { replay, type Replayed, type Trouble } from './replay.ts';
import type { OutboxRow, RecordRow } from './tables.ts';

export type { Trouble } from './replay.ts';

/** One case as its officer sees it on this device. */
export interface ShownCase extends Replayed {
	caseId: string;
	/** no longer this officer's; kept on screen until everything made here has been received */
	leaving: boolean;
}

export interface ShownCaseRow {
	case: PlanningCase;
	visits: Visit[];
	clock: ClockCase;
	/** commands and photographs of this case that the register does not have */
	unsentCount: number;
	needsMe: boolean;
	leaving: boolean;
}

export const recordName = (key: string) => `records/${key}`;

/** Opens pulled records; those that were opened before cost no wait of their own. Not inside a transaction. */
export async function openRecords(
	device: Device,
	rows: readonly RecordRow[]
): Promise<TypedRecord[]> {
	const records: TypedRecord[] = [];
	const closed: Promise<void>[] = [];
	for (const [n, { kind, key, epoch, seq, body }] of rows.entries()) {
		const [name, stamp] = [recordName(key), `${epoch}:${seq}`];
		const keep = (record: unknown) => {
			records[n] = { kind, record } as TypedRecord;
		};
		const before = device.opened(name, stamp);
		if (before === undefined) closed.push(device.open(body, name, stamp).then(keep));
		else keep(before.value);
	}
	await Promise.all(closed);
	return records;
}

/** The case on screen: base and this device's own work over it; undefined when it is not on this device. */
export async function shownCase(device: Device, caseId: string): Promise<ShownCase | undefined> {
	const { db } = device;
	const [records, outbox, uploads, held] = await device.run(() =>
		db.transaction('r', [db.records, db.outbox, db.uploads, db.held], () =>
			Promise.all([
				db.records.where({ caseId }).toArray(),
				db.outbox.where({ caseId }).toArray(),
				db.uploads.where({ caseId }).toArray(),
				db.held.get(caseId)
			])
		)
	);
	if (records.length === 0 && !outbox.some(isPending)) return undefined;
	const [base, kept, officers] = await Promise.all([
		openRecords(device, records),
		openCommands(device, outbox.filter(isPending)),
		device.officers()
	]);
	const shown = replay(CaseFile.of(caseId, base), kept, officers);
	// made here and not received yet, or nothing of it is on this device
	if (records.length === 0 && shown.file.case === undefined) return undefined;
	for (const { state, of, id } of uploads)
		if (state === 'waiting' && of !== 'thumbnail') shown.unsent.set(id, 'on-this-tablet');
	for (const conflict of shown.file.all('conflict'))
		if (isOpenFor(conflict, device.officer.id))
			shown.troubles.push(disagreement(conflict, shown.file.case));
	const late =
		shown.file.case === undefined
			? null
			: lateTrouble(shown.file.case, shown.file.all('event'), officers, device.officer.id);
	if (late !== null) shown.troubles.push(late);
	return { ...shown, caseId, leaving: held?.leaving === 1 };
}

/** Every case on this device, for lists: opens only what a list shows, and replays only where something waits. */
export async function shownCases(device: Device): Promise<ShownCaseRow[]> {
	const { db } = device;
	const [rows, outbox, uploads, leaving] = await device.run(() =>
		db.transaction('r', [db.records, db.outbox, db.uploads, db.held], () =>
			Promise.all([
				db.records.where('kind').anyOf('case', 'visit', 'conflict', 'clock', 'facts').toArray(),
				db.outbox.where('state').anyOf('queued', 'answered', 'trouble').toArray(),
				db.uploads.where({ state: 'waiting' }).toArray(),
				leavingCases(db)
			])
		)
	);
	const listed = new Map<string, ShownCaseRow>();
	const records = await openRecords(device, rows);
	const clockOf = await clocksOfCases(device, records);
	for (const one of records)
		if (one.kind === 'case')
			listed.set(one.record.id, {
				case: one.record,
				visits: [],
				clock: clockOf(one.record),
				unsentCount: unsentIn(one.record.id, outbox, uploads),
				needsMe: false,
				leaving: leaving.has(one.record.id)
			});
	for (const one of records) {
		const row = listed.get(one.record.caseId);
		if (row === undefined) continue;
		if (one.kind === 'visit') row.visits.push(one.record);
		else if (one.kind === 'conflict') row.needsMe ||= isOpenFor(one.record, device.officer.id);
	}
	for (const caseId of new Set(outbox.filter(isPending).map((one) => one.caseId))) {
		const shown = await shownCase(device, caseId);
		const clock = shown === undefined ? null : clockCase(shown.file);
		if (shown?.file.case === undefined || clock === null) continue;
		// made here, it is listed before the register has it
		const row = listed.get(caseId) ?? {
			case: shown.file.case,
			visits: [],
			clock,
			unsentCount: unsentIn(caseId, outbox, uploads),
			needsMe: false,
			leaving: false
		};
		listed.set(caseId, row);
		row.case = shown.file.case;
		row.visits = shown.file.all('visit');
		row.clock = clock;
		row.needsMe = shown.troubles.length > 0;
	}
	for (const { caseId } of await lateTroubles(device)) {
		const row = listed.get(caseId);
		if (row !== undefined) row.needsMe = true;
	}
	return [...listed.values()];
}

/** What the clocks of the listed cases count from. Timelines are opened only for cases older than that record. */
async function clocksOfCases(
	device: Device,
	records: readonly TypedRecord[]
): Promise<(planningCase: PlanningCase) => ClockCase> {
	const clocks = new Map<string, ClockFacts>();
	const facts = new Map<string, CaseFacts>();
	for (const one of records)
		if (one.kind === 'clock') clocks.set(one.record.caseId, one.record);
		else if (one.kind === 'facts') facts.set(one.record.caseId, one.record);
	const older = records.flatMap((one) =>
		one.kind === 'case' && one.record.status !== 'received' && !clocks.has(one.record.id)
			? [one.record.id]
			: []
	);
	const rows =
		older.length === 0
			? []
			: await device.run(() =>
					device.db.records
						.where('caseId')
						.anyOf(older)
						.filter(({ kind }) => kind === 'event')
						.toArray()
				);
	const events = new Map<string, TimelineEvent[]>();
	for (const one of await openRecords(device, rows))
		if (one.kind === 'event')
			events.set(one.record.caseId, [...(events.get(one.record.caseId) ?? []), one.record]);
	return (planningCase) =>
		clockCaseOf(planningCase, {
			clock: clocks.get(planningCase.id),
			facts: facts.get(planningCase.id),
			events: events.get(planningCase.id) ?? []
		});
}

/** Commands not received, and things whose words were received but not their bytes; each thing counts once. */
export function unsentIn(
	caseId: string | null,
	outbox: readonly Pick<OutboxRow, 'id' | 'caseId' | 'state' | 'arrived'>[],
	uploads: readonly { caseId: string; commandId: string; of: string }[]
): number {
	const ids = new Set<string>();
	for (const row of outbox)
		if (row.state === 'queued' && row.arrived === 0 && (caseId ?? row.caseId) === row.caseId)
			ids.add(row.id);
	for (const row of uploads)
		if (row.of !== 'thumbnail' && (caseId ?? row.caseId) === row.caseId) ids.add(row.commandId);
	return ids.size;
}

/** Finds a case on this device by id, by reference, or by any earlier form of its reference. */
export async function caseByReference(
	device: Device,
	referenceOrId: string
): Promise<string | undefined> {
	const { db } = device;
	const asked = referenceOrId.trim().toUpperCase();
	const rows = await device.run(() => db.records.where({ kind: 'case' }).toArray());
	const byId = rows.find((row) => row.caseId === referenceOrId);
	if (byId !== undefined) return byId.caseId;
	for (const one of await openRecords(device, rows))
		if (one.kind === 'case') {
			const { reference, previousReferences, provisionalLabel } = one.record;
			const names = [reference, provisionalLabel, ...previousReferences];
			if (names.some((name) => name?.toUpperCase() === asked)) return one.record.id;
		}
	return madeHere(device, asked, new Set(rows.map((row) => row.caseId)));
}

/** A case that was made on this device and is not on the register yet, by its id or its provisional label. */
async function madeHere(
	device: Device,
	asked: string,
	received: ReadonlySet<string>
): Promise<string | undefined> {
	const outbox = await device.run(() => device.db.outbox.toArray());
	const ids = outbox.filter((row) => isPending(row) && !received.has(row.caseId));
	for (const caseId of new Set(ids.map((row) => row.caseId))) {
		const made = (await shownCase(device, caseId))?.file.case;
		const names = [made?.id, made?.provisionalLabel];
		if (names.some((name) => name?.toUpperCase() === asked)) return caseId;
	}
	return undefined;
}

/** An open conflict in which this officer wrote one of the two values. */
export const isOpenFor = (conflict: Conflict, officerId: string): boolean =>
	conflict.resolved === null &&
	(conflict.standing.by === officerId || conflict.second.by === officerId);

/** An open conflict as something that needs its author. */
export const disagreement = (conflict: Conflict, on: PlanningCase | undefined): Trouble => {
	const field = editableField(conflict.kind, conflict.field)?.words ?? conflict.field;
	return {
		id: conflict.id,
		caseId: conflict.caseId,
		about: {
			reference: on?.reference ?? on?.provisionalLabel ?? '',
			address: on?.address ?? ''
		},
		what: `Change to ${field}`,
		sentence: `Two officers changed “${field}”. Both values are kept; choose which one holds.`,
		outcome: 'conflict',
		words: [],
		at: conflict.second.at ?? '',
		dismissible: false,
		conflict
	};
};
