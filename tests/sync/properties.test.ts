import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseFile } from '#lib/commands/case-file.ts';
import type { Envelope } from '#lib/commands/envelope.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { plainCodec } from '#lib/local/codec.ts';
import { perform } from '#lib/local/perform.ts';
import { whyItStays } from '#lib/local/release.ts';
import type { OutboxRow } from '#lib/local/tables.ts';
import { Council } from './council.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { memoryStorage } from './tablet-storage.ts';
import { aCase, caseId, everybody, jo, ria, sam, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

/** As late as can be, with a backup of that very moment. */
const longAfter = {
	now: Number.MAX_SAFE_INTEGER,
	backup: { lastAt: null, sameMachine: false, releasing: true, keepDays: 0 }
};

/*
 * Properties with shrinking: a failure prints its seed and the shortest series that breaks the rule.
 * FC_SEED=123 npx vitest run tests/sync/properties.test.ts runs one again, FC_RUNS=5000 runs many.
 */
const runs = (usual: number) => ({
	numRuns: Number(process.env['FC_RUNS'] ?? usual),
	seed: Number(process.env['FC_SEED'] ?? 20_261_124)
});

async function out() {
	const council = new Council();
	council.fileCases(1, [jo.id]);
	for (const officer of [sam, ria])
		council.as(officer.id, { name: 'pin-case', caseId: caseId(1), payload: { active: true } });
	let ids = 0;
	const tablet = new Tablet({
		name: 'JB',
		officer: jo,
		council,
		wire: new Wire(council, jo, new Chance(1), fair),
		codec: plainCodec,
		newId: () => uuid(500, ++ids),
		storage: memoryStorage
	});
	await tablet.openTab();
	await tablet.tab.round.words();
	return {
		council,
		tablet,
		newId: () => uuid(501, ++ids),
		end: async () => {
			tablet.die();
			await council.close();
		}
	};
}
type Out = Awaited<ReturnType<typeof out>>;

/** What the rules of docs/sync.md say of the outbox, beside the real one. */
interface Model {
	/** commands made, and whether the register has them */
	made: Map<string, { sent: boolean }>;
}

/** Where a command may go next (docs/sync.md, On the device). */
const next: Record<OutboxRow['state'], readonly OutboxRow['state'][]> = {
	queued: ['queued', 'answered', 'trouble', 'done'],
	answered: ['answered', 'done'],
	trouble: ['trouble', 'done'],
	done: ['done']
};

const states = async ({ device }: Tablet) =>
	new Map((await device.db.outbox.toArray()).map((row) => [row.id, row]));

/** One act, and then every rule of the outbox. */
abstract class Act implements fc.AsyncCommand<Model, Out> {
	check = () => true;
	abstract act(model: Model, real: Out): Promise<void>;

	async run(model: Model, real: Out): Promise<void> {
		const before = await states(real.tablet);
		await this.act(model, real);
		const after = await states(real.tablet);
		for (const [id, row] of before) expect(next[row.state]).toContain(after.get(id)?.state);
		expect([...after.keys()].sort()).toEqual([...model.made.keys()].sort());
		for (const [id, { sent }] of model.made) {
			const row = after.get(id);
			if (!sent) expect(row?.state).toBe('queued');
			if (row?.outcome !== null) expect(sent).toBe(true);
			// nothing of these days is in a backup, so nothing may leave
			if (row !== undefined) expect(whyItStays(row, [], longAfter)).not.toBeNull();
		}
		const numbers = [...after.values()].map((row) => row.deviceSeq).sort((a, b) => a - b);
		expect(numbers).toEqual(numbers.map((_, n) => n + 1));
	}
	abstract toString(): string;
}

class Write extends Act {
	async act(model: Model, { tablet, newId }: Out): Promise<void> {
		const payload = { id: newId(), visitId: null, text: 'Words' };
		const made = await perform(tablet.device, 'write-note', caseId(1), payload);
		if ('refused' in made) throw new Error(made.refused);
		model.made.set(made.id, { sent: false });
	}
	toString = () => 'write';
}

class Push extends Act {
	readonly trouble: 'none' | 'no network' | 'answer lost' | 'sent twice';
	constructor(trouble: Push['trouble']) {
		super();
		this.trouble = trouble;
	}
	async act(model: Model, { tablet }: Out): Promise<void> {
		tablet.wire.weather = this.trouble === 'none' ? fair : { [this.trouble]: 1 };
		const queued = [...(await states(tablet))].filter(([, row]) => row.state === 'queued');
		const failed = await tablet.tab.round.pusher.all().then(
			() => false,
			() => true
		);
		tablet.wire.weather = fair;
		expect(failed && queued.length === 0).toBe(false);
		if (this.trouble === 'no network') return;
		for (const [id] of queued) model.made.set(id, { sent: true });
	}
	toString = () => `push (${this.trouble})`;
}

class Pull extends Act {
	async act(_model: Model, { tablet }: Out): Promise<void> {
		await tablet.tab.round.words().catch(() => undefined);
		for (const id of _model.made.keys()) _model.made.set(id, { sent: true });
		const waiting = [...(await states(tablet)).values()].filter(
			({ state }) => state === 'answered'
		);
		expect(waiting).toEqual([]);
	}
	toString = () => 'push and pull';
}

class GiveAway extends Act {
	readonly to: string;
	constructor(to: string) {
		super();
		this.to = to;
	}
	act(_model: Model, { council }: Out): Promise<void> {
		council.assign(1, this.to, ria.id);
		return Promise.resolve();
	}
	toString = () => `the case is given to ${this.to === jo.id ? 'Jo' : 'Sam'}`;
}

class Restart extends Act {
	async act(_model: Model, { tablet }: Out): Promise<void> {
		await tablet.restart();
	}
	toString = () => 'restart';
}

describe('properties', () => {
	test('S3 S6 S8 whatever happens in whatever order, a command goes only forward and none is lost', async () => {
		const acts = [
			fc.constant(new Write()),
			fc
				.constantFrom('none', 'no network', 'answer lost', 'sent twice')
				.map((trouble) => new Push(trouble)),
			fc.constant(new Pull()),
			fc.constantFrom(jo.id, sam.id).map((to) => new GiveAway(to)),
			fc.constant(new Restart())
		];
		await fc.assert(
			fc.asyncProperty(fc.commands(acts, { maxCommands: 25 }), async (series) => {
				const real = await out();
				try {
					await fc.asyncModelRun(() => ({ model: { made: new Map() }, real }), series);
				} finally {
					await real.end();
				}
			}),
			runs(25)
		);
	});

	test('S10 two tabs that write and carry at once, in every order of their calls, lose and double nothing', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (s, each) => {
				const { council, tablet, newId, end } = await out();
				try {
					// the answers of the register come in any order
					const { wire } = tablet;
					for (const call of ['push', 'pull'] as const) {
						const real = wire[call].bind(wire) as (request: never) => Promise<never>;
						wire[call] = s.scheduleFunction(real);
					}
					await tablet.openTab();
					const acts = tablet.tabs.map(async ({ device, round }) => {
						const ids: string[] = [];
						for (let n = 0; n < each; n++) {
							const payload = { id: newId(), visitId: null, text: `${n}` };
							const made = await perform(device, 'write-note', caseId(1), payload);
							if ('refused' in made) throw new Error(made.refused);
							ids.push(made.id);
							await round.words();
						}
						return ids;
					});
					const made = await s.waitFor(Promise.all(acts));
					await s.waitFor(tablet.tab.round.words());
					const log = council.register.connection.sqlite
						.prepare<[], string>("select id from command_log where name = 'write-note'")
						.pluck()
						.all();
					expect(log.sort()).toEqual(made.flat().sort());
					expect(council.register.caseFile(caseId(1)).all('note')).toHaveLength(2 * each);
					const rows = await tablet.device.db.outbox.toArray();
					expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'done'));
				} finally {
					await end();
				}
			}),
			runs(25)
		);
	});

	test('S16 S17 of edits by several people in any order each value stands, is kept, or was seen by its successor', () => {
		const edit = fc.record({
			field: fc.constantFrom('description', 'accessNote', 'address'),
			value: fc.constantFrom('one', 'two', 'three'),
			by: fc.constantFrom(jo.id, ria.id),
			/** how many changes ago its author last looked */
			behind: fc.nat({ max: 4 })
		});
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 14 }), (edits) => {
				const officers = new Map(everybody.map((one) => [one.id, one]));
				const history = [CaseFile.of(caseId(1), [{ kind: 'case', record: aCase(1, jo.id) }])];
				for (const [n, { field, value, by, behind }] of edits.entries()) {
					const file = history.at(-1) as CaseFile;
					const seen = history.at(-1 - Math.min(behind, history.length - 1)) as CaseFile;
					const base = seen.case?.writers[field] ?? null;
					const done = runCommand(file, envelopeOf(n, by, field, value, base), officers);
					if (!('changes' in done)) throw new Error(JSON.stringify(done));
					const after = file.with(done.changes);
					const valueOf = (at: CaseFile) => Reflect.get(at.case ?? {}, field) as unknown;
					const conflict = after.get('conflict', `${uuid(600, n)}:${field}`);
					const joined = after.all('conflict').some((one) => one.second.command === uuid(600, n));
					if (done.outcome === 'conflict') {
						// what stood stands, and the second value is kept beside it
						expect(valueOf(after)).toBe(valueOf(file));
						expect(conflict !== undefined || joined).toBe(true);
					} else expect(valueOf(after)).toBe(value);
					// nobody's unseen value is ever replaced
					if ((file.case?.writers[field] ?? null) !== base && valueOf(file) !== value)
						expect(done.outcome).toBe('conflict');
					expect(after.get('event', uuid(600, n))).toBeDefined();
					// and again changes nothing
					const again = runCommand(after, envelopeOf(n, by, field, value, base), officers);
					expect('changes' in again && again.changes).toEqual([]);
					history.push(after);
				}
			}),
			runs(400)
		);
	});

	test('S17 what is only ever added is the same whatever the order in which it comes', () => {
		const officers = new Map(everybody.map((one) => [one.id, one]));
		fc.assert(
			fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), (order) => {
				const begun = CaseFile.of(caseId(1), [{ kind: 'case', record: aCase(1, jo.id) }]);
				const add = (file: CaseFile, n: number) => {
					const payload = { id: uuid(601, n), visitId: null, text: `${n}` };
					const done = runCommand(
						file,
						{ ...envelopeOf(n, jo.id, '', '', null), name: 'write-note', payload },
						officers
					);
					if (!('changes' in done)) throw new Error(JSON.stringify(done));
					return file.with(done.changes);
				};
				const inOrder = (file: CaseFile) =>
					([...file.records()] as TypedRecord[]).map((one) => JSON.stringify(one)).sort();
				expect(inOrder(order.reduce(add, begun))).toEqual(
					inOrder([...order].sort((a, b) => a - b).reduce(add, begun))
				);
			}),
			runs(200)
		);
	});
});

const envelopeOf = (
	n: number,
	actor: string,
	field: string,
	value: string,
	base: string | null
): Envelope => ({
	v: 1,
	id: uuid(600, n),
	name: 'edit-record',
	caseId: caseId(1),
	payload: { kind: 'case', id: caseId(1), fields: { [field]: { base, value } } },
	actor,
	device: uuid(602, 1),
	deviceSeq: n + 1,
	captured: { wall: '2026-03-03T09:00:00.000Z', monotonic: n, serverOffset: 0 },
	batch: null,
	blobs: []
});
