import { recordsErased, recordsErasedEvent, type RecordsErased } from '#lib/domain/erasure.ts';
import type { RecordOf, TypedRecord } from '#lib/domain/records.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { CaseFile } from '../case-file.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { sameValue, type Json } from './disagreement.ts';

type Act = Pick<RecordsErased, 'things' | 'by' | 'at'>;

const words = 'Erased';

/**
 * An administrator has erased records of a case: their content goes from the case, its devices, its
 * timeline and its disagreements. A tombstone stays, with its id, its hash and the act. Names and
 * postal addresses of applicant and agent stay, which the planning register has to hold (Development
 * Management Procedure Order 2015, article 40).
 */
export const eraseRecords = defineCommand({
	name: 'erase-records',
	sort: 'act',
	permission: 'register-only',
	offline: false,
	payload: recordsErased,
	run(file, act, context) {
		if (file.case === undefined) return refuse('case-unknown');
		const changes = withoutContent(file, act);
		if (changes.length === 0) return { changes };
		return { changes: [...changes, happened(context, recordsErasedEvent, { ...act })] };
	}
});

/** What an act still has to change on a case; nothing where it has taken effect. */
export function withoutContent(file: CaseFile, { things, by, at }: Act): TypedRecord[] {
	const withdrawn = { by, at, reason: words };
	const emptied = things.flatMap(({ kind, id }): TypedRecord[] => {
		switch (kind) {
			case 'photo': {
				const record = file.get(kind, id);
				const nothing = { caption: '', position: null, heading: null, withdrawn };
				const bytes = { originalReceivedAt: null, thumbnailReceivedAt: null };
				return record === undefined ? [] : [{ kind, record: { ...record, ...nothing, ...bytes } }];
			}
			case 'note': {
				const record = file.get(kind, id);
				return record === undefined ? [] : [{ kind, record: { ...record, text: '', withdrawn } }];
			}
			case 'document': {
				const record = file.get(kind, id);
				return record === undefined ? [] : [{ kind, record: { ...record, ...emptyDocument } }];
			}
			case 'person': {
				const record = file.get(kind, id);
				return record === undefined ? [] : [{ kind, record: emptyPerson(record) }];
			}
		}
	});
	const ids = new Set(things.map(({ id }) => id));
	const conflicts = file.all('conflict').filter(({ recordId }) => ids.has(recordId));
	for (const { id } of conflicts) ids.add(id);
	const resolved = { by, at, chose: 'standing' } as const;
	for (const one of conflicts)
		emptied.push({
			kind: 'conflict',
			record: {
				...one,
				standing: { ...one.standing, value: null },
				second: { ...one.second, value: null },
				resolved: one.resolved ?? resolved
			}
		});
	for (const one of file.all('event'))
		if (one.type !== recordsErasedEvent && mentions(one.detail, ids))
			emptied.push({ kind: 'event', record: { ...one, detail: onlyNames(one.detail) } });
	return emptied.filter(({ kind, record }) => {
		const before = file.get(kind, record.id);
		return !sameValue(before as unknown as Json, record);
	});
}

const emptyDocument = {
	name: 'Erased document',
	description: '',
	drawingNumber: null,
	sourceUrl: null,
	bytesReceivedAt: null,
	fetchProblem: 'It was erased by an administrator.',
	publicRegisterStatus: 'withhold'
} as const;

function emptyPerson(record: RecordOf<'person'>): RecordOf<'person'> {
	const contact = { email: null, phone: null, detail: {} };
	return record.role === 'applicant' || record.role === 'agent'
		? { ...record, ...contact }
		: { ...record, ...contact, name: words, organisation: null, address: null };
}

/** Members of a timeline entry that name things and hold nothing of them. */
const names: ReadonlySet<string> = new Set(
	['kind', 'id', 'photo', 'number', 'visit', 'note', 'document', 'measurement'].concat([
		'conflict',
		'conflictId',
		'conflicts',
		'agreed',
		'field',
		'chose',
		'of'
	])
);

const onlyNames = (detail: RecordOf<'event'>['detail']): RecordOf<'event'>['detail'] =>
	Object.fromEntries(Object.entries(detail).filter(([name]) => names.has(name)));

function mentions(value: Json, ids: ReadonlySet<string>): boolean {
	if (typeof value === 'string') return ids.has(value);
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((one) => mentions(one, ids));
}
