import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseFile } from '#lib/commands/case-file.ts';
import type { Outcome } from '#lib/commands/envelope.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import type { Kept } from '#lib/local/outbox.ts';
import { replay } from '#lib/local/replay.ts';
import type { OutboxState } from '#lib/local/tables.ts';
import { whyItStays } from '#lib/local/release.ts';
import { aCase, caseId, everybody, jo, uuid } from './town.ts';

const officers = new Map(everybody.map((one) => [one.id, one]));
const base = CaseFile.of(caseId(1), [{ kind: 'case', record: aCase(1, jo.id) }]);

type Deed = { name: string; payload: Record<string, unknown> };

/** Anything an officer might do on this case, possible or not. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.record({ n: fc.nat(9), text: fc.string({ minLength: 1 }) }).map(({ n, text }) => ({
		name: 'write-note',
		payload: { id: uuid(9, n), visitId: null, text }
	})),
	fc
		.record({ field: fc.constantFrom('description', 'accessNote'), value: fc.string() })
		.map(({ field, value }) => ({
			name: 'edit-record',
			payload: { kind: 'case', id: caseId(1), fields: { [field]: { base: null, value } } }
		})),
	fc
		.record({ n: fc.nat(3), name: fc.constantFrom('plan', 'start', 'finish') })
		.map(({ n, name }) => ({
			name: `${name}-visit`,
			payload: {
				id: uuid(8, n),
				...(name === 'finish' ? { outcome: 'completed' } : {}),
				...(name === 'plan'
					? { plannedFor: '2026-03-04', plannedTime: '', purpose: '', access: '' }
					: {})
			}
		}))
);

const keptOf = (
	{ name, payload }: Deed,
	n: number,
	state: OutboxState,
	arrived: 0 | 1,
	outcome: Outcome | null
): Kept => ({
	row: {
		id: uuid(7, n),
		caseId: caseId(1),
		deviceSeq: n + 1,
		state,
		arrived,
		outcome,
		seq: null,
		epoch: null,
		dismissed: 0,
		archived: 0,
		madeAt: 0,
		size: 0
	},
	envelope: {
		v: 1,
		id: uuid(7, n),
		name,
		caseId: caseId(1),
		payload: payload as Kept['envelope']['payload'],
		actor: jo.id,
		device: uuid(6, 1),
		deviceSeq: n + 1,
		captured: {
			wall: new Date(Date.UTC(2026, 2, 3, 9, 0, n)).toISOString(),
			monotonic: 0,
			serverOffset: null
		},
		batch: null,
		blobs: []
	},
	about: { reference: '', address: '' },
	answer: null,
	decision: null
});

const queued = (deeds: Deed[]) => deeds.map((one, n) => keptOf(one, n, 'queued', 0, null));

/** What the register would hold after doing these, one by one. */
function performed(deeds: readonly Kept[]): { file: CaseFile; done: Set<string> } {
	let file = base;
	const done = new Set<string>();
	for (const { envelope } of deeds) {
		const result = runCommand(file, envelope, officers);
		if (!('changes' in result)) continue;
		file = file.with(result.changes);
		done.add(envelope.id);
	}
	return { file, done };
}

const records = (file: CaseFile) =>
	[...file.records()].map((one) => `${one.kind} ${JSON.stringify(one.record)}`).sort();

describe('the replay', () => {
	test('S5 whatever was made is on screen or named as a trouble', () => {
		fc.assert(
			fc.property(fc.array(deed, { maxLength: 15 }), (deeds) => {
				const kept = queued(deeds);
				const shown = replay(base, kept, officers);
				for (const { envelope } of kept) {
					const seen =
						shown.file.get('event', envelope.id) !== undefined ||
						shown.troubles.some((one) => one.id === envelope.id) ||
						// planning the same visit again has nothing to add
						(envelope.name === 'plan-visit' &&
							shown.file.get('visit', (envelope.payload as { id: string }).id) !== undefined) ||
						// writing what stands anyway has nothing to add
						envelope.name === 'edit-record';
					expect(seen).toBe(true);
				}
			})
		);
	});

	test('S15 what the base already holds changes nothing when it is replayed', () => {
		fc.assert(
			fc.property(fc.array(deed, { maxLength: 15 }), (deeds) => {
				const kept = queued(deeds);
				const { file, done } = performed(kept);
				const last = kept.filter((one) => done.has(one.envelope.id)).slice(-1);
				expect(records(replay(file, last, officers).file)).toEqual(records(file));
			})
		);
	});

	test('S15 the screen is the same before and after the register’s records arrive', () => {
		fc.assert(
			fc.property(fc.array(deed, { maxLength: 15 }), fc.nat(15), (deeds, cut) => {
				const kept = queued(deeds);
				const before = replay(base, kept, officers);
				const { file } = performed(kept.slice(0, cut));
				const after = replay(
					file,
					kept.map((one, n) => (n < cut ? { ...one, row: { ...one.row, arrived: 1 } } : one)),
					officers
				);
				expect(records(after.file)).toEqual(records(before.file));
			})
		);
	});

	test('S8 nothing may leave before it is received, in a fresh backup and as old as the council says', () => {
		const day = 24 * 60 * 60 * 1000;
		fc.assert(
			fc.property(
				fc.record({
					state: fc.constantFrom<OutboxState>('queued', 'answered', 'trouble', 'done'),
					archived: fc.constantFrom<0 | 1>(0, 1),
					archivedAt: fc.option(
						fc.nat(30).map((n) => n * day),
						{ nil: undefined }
					),
					now: fc.option(fc.constant(30 * day), { nil: undefined }),
					backup: fc.option(
						fc.record({
							lastAt: fc.constant('2026-03-03T02:00:00.000Z'),
							sameMachine: fc.boolean(),
							releasing: fc.boolean(),
							keepDays: fc.constantFrom(7, 14)
						}),
						{ nil: undefined }
					),
					bytes: fc.option(
						fc.record({
							state: fc.constantFrom<'waiting' | 'received'>('waiting', 'received'),
							archived: fc.constantFrom<0 | 1>(0, 1),
							archivedAt: fc.option(
								fc.nat(30).map((n) => n * day),
								{ nil: undefined }
							)
						})
					)
				}),
				({ bytes, backup = undefined, now = undefined, ...row }) => {
					const uploads = bytes === null ? [] : [{ commandId: 'a', ...bytes }];
					const around = { now, backup };
					const leaves = whyItStays({ id: 'a', ...row }, uploads, around) === null;
					const latest = (30 - (backup?.keepDays ?? Infinity)) * day;
					const safe =
						now !== undefined &&
						backup?.releasing === true &&
						row.state === 'done' &&
						row.archived === 1 &&
						row.archivedAt !== undefined &&
						row.archivedAt <= latest &&
						(bytes === null ||
							(bytes.state === 'received' &&
								bytes.archived === 1 &&
								bytes.archivedAt !== undefined &&
								bytes.archivedAt <= latest));
					expect(leaves).toBe(safe);
				}
			)
		);
	});
});
