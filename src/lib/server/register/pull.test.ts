import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { computed } from '#lib/domain/clock/bank-holidays.ts';
import { pullBudget, type Cursor } from '#lib/commands/protocol.ts';
import { caseOf, jo, robin, sam, terry, TestDevice, withOfficers, type Page } from './fixtures.ts';
import { Register } from './register.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let register: Register;
let tablet: TestDevice;

beforeEach(() => {
	register = withOfficers(Register.open(':memory:'));
	tablet = new TestDevice(register, jo);
});
afterEach(() => register.close());

/** A device's copy, kept as the protocol says. */
class Copy {
	readonly records = new Map<string, Page['records'][number]>();
	cursor: Cursor = { epoch: null, seq: 0, bootstrap: null };
	pages = 0;
	readonly device: TestDevice;

	constructor(device: TestDevice) {
		this.device = device;
	}

	page(): Page {
		const page = this.device.pull(this.cursor);
		const gone = new Set([...page.snapshots, ...page.left]);
		for (const [key, { record }] of this.records)
			if (gone.has(record.caseId)) this.records.delete(key);
		for (const pulled of page.records)
			this.records.set(`${pulled.kind} ${pulled.record.id}`, pulled);
		this.cursor = page.cursor;
		this.pages += 1;
		return page;
	}

	catchUp(): this {
		while (this.page().more);
		return this;
	}

	/** Everything the register holds of the cases in scope, and nothing else. */
	expectEqual(caseIds: string[]): void {
		const expected = caseIds
			.flatMap((caseId) => [...register.caseFile(caseId).records()])
			.map(({ kind, record }) => [`${kind} ${record.id}`, record] as const);
		expect(
			Object.fromEntries([...this.records].map(([key, pulled]) => [key, pulled.record]))
		).toEqual(Object.fromEntries(expected));
	}
}

const longNote = (caseId: string) => tablet.note(caseId, 'x'.repeat(15_000));

describe('the first download', () => {
	test('brings whole cases of the scope, the officers, and then only what is new', () => {
		const mine = [caseOf(register, jo), caseOf(register, jo)];
		caseOf(register, sam);
		const copy = new Copy(tablet);
		const page = copy.page();
		expect(page).toMatchObject({ more: false, left: [], scopeSize: 2, archivedSeq: 0 });
		expect(page.snapshots.toSorted()).toEqual(mine.toSorted());
		expect(page.officers).toHaveLength(4);
		expect(page.cursor).toEqual({ epoch: register.epoch, seq: register.head(), bootstrap: null });
		copy.expectEqual(mine);
		expect(copy.page()).toMatchObject({ records: [], snapshots: [], officers: null, commands: [] });
	});

	test('goes on where it stopped, while others work, and misses nothing', () => {
		const mine = Array.from({ length: 12 }, () => caseOf(register, jo)).toSorted();
		for (const caseId of mine) tablet.answers(Array.from({ length: 10 }, () => longNote(caseId)));
		const copy = new Copy(tablet);
		const first = copy.page();
		expect(first.more).toBe(true);
		expect(first.cursor).toMatchObject({ seq: 0, bootstrap: { after: first.snapshots.at(-1) } });
		expect(JSON.stringify(first.records).length).toBeLessThan(pullBudget.bytes + 200_000);
		// a downloaded case changes, a later one leaves, an earlier id enters
		tablet.answer(tablet.note(mine[0] as string, 'changed meanwhile'));
		register.performAs('system', [
			{ name: 'assign-case', caseId: mine.at(-1) as string, payload: { officerId: sam.id } }
		]);
		const early = caseOf(register, jo, { id: '00000000-0000-7000-8000-000000000001' });
		copy.catchUp();
		expect(copy.pages).toBeGreaterThan(3);
		copy.expectEqual([...mine.slice(0, -1), early]);
	});
});

describe('news', () => {
	let caseId: string;
	let copy: Copy;
	beforeEach(() => {
		caseId = caseOf(register, jo);
		copy = new Copy(tablet).catchUp();
	});

	test('are the changed records as they are now, once each, and the commands behind them', () => {
		const desk = new TestDevice(register, jo);
		const note = desk.note(caseId, 'x');
		const edits = ['one', 'two'].map((value, i) =>
			desk.edit(caseId, 'accessNote', value, i === 0 ? null : 'later')
		);
		desk.answers([note, edits[0] as (typeof edits)[0]]);
		const second = desk.edit(caseId, 'accessNote', 'two', edits[0]?.id ?? null);
		desk.answer(second);
		const page = copy.page();
		expect(page.records.filter((one) => one.kind === 'case')).toMatchObject([
			{ record: { accessNote: 'two' }, seq: register.head() }
		]);
		expect(page.commands.toSorted()).toEqual([note.id, edits[0]?.id, second.id].toSorted());
		expect(page.snapshots).toEqual([]);
		copy.expectEqual([caseId]);
	});

	test('the cursor moves to the horizon even when nothing was in scope', () => {
		const before = copy.cursor.seq;
		caseOf(register, sam);
		const page = copy.page();
		expect(page).toMatchObject({ records: [], commands: [], more: false });
		expect(page.cursor.seq).toBe(register.head());
		expect(page.cursor.seq).toBeGreaterThan(before);
	});

	test('come in pages that never split a case', () => {
		const others = Array.from({ length: 5 }, () => caseOf(register, jo));
		copy.catchUp();
		const busy = [caseId, ...others];
		for (let round = 0; round < 10; round += 1) tablet.answers(busy.map((one) => longNote(one)));
		copy.pages = 0;
		const page = copy.page();
		expect(page.more).toBe(true);
		for (const one of new Set(page.records.map(({ record }) => record.caseId)))
			expect(
				page.records.filter(({ kind, record }) => kind === 'note' && record.caseId === one)
			).toHaveLength(10);
		copy.catchUp();
		expect(copy.pages).toBeGreaterThan(1);
		copy.expectEqual(busy);
	});

	test('a case entering the scope arrives whole with the device’s own commands; one leaving is named', () => {
		const other = caseOf(register, sam);
		const pin = tablet.envelope('pin-case', other, { active: true });
		tablet.answer(pin);
		const entered = copy.page();
		expect(entered.snapshots).toEqual([other]);
		expect(entered.commands).toEqual([pin.id]);
		expect(entered.scopeSize).toBe(2);
		copy.expectEqual([caseId, other]);

		tablet.answer(tablet.envelope('pin-case', other, { active: false }));
		const left = copy.page();
		expect(left).toMatchObject({ left: [other], records: [], scopeSize: 1 });
		copy.expectEqual([caseId]);
	});

	test('a case that left and came back is whole', () => {
		const officers = [sam, jo];
		for (const { id: officerId } of officers)
			register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId } }]);
		const page = copy.page();
		expect(page).toMatchObject({ left: [], snapshots: [caseId] });
		copy.expectEqual([caseId]);
	});

	test('officers come again only when one has changed', () => {
		expect(copy.page().officers).toBeNull();
		register.putOfficer({ ...sam, name: 'Sam Cole-Dent' });
		expect(copy.page().officers?.map((one) => one.name)).toContain('Sam Cole-Dent');
		expect(copy.page().officers).toBeNull();
	});

	test('a role that brings many large cases comes in pages to the end', () => {
		const received = Array.from({ length: 12 }, () => caseOf(register, sam)).toSorted();
		const desk = new TestDevice(register, sam);
		for (const one of received)
			desk.answers(Array.from({ length: 10 }, () => desk.note(one, 'x'.repeat(15_000))));
		copy.catchUp();
		copy.pages = 0;
		register.putOfficer({ ...jo, roles: ['case-officer', 'technician'] });
		const first = copy.page();
		expect(first.more).toBe(true);
		expect(first.officers).not.toBeNull();
		expect(JSON.stringify(first.records).length).toBeLessThan(pullBudget.bytes + 200_000);
		expect(copy.page().officers).toBeNull();
		copy.catchUp();
		copy.expectEqual([caseId, ...received]);
		register.putOfficer(jo);
		copy.catchUp();
		copy.expectEqual([caseId]);
	});

	test('a step that touches many cases is never cut, however large it is', () => {
		const received = Array.from({ length: 12 }, () => caseOf(register, sam)).toSorted();
		const desk = new TestDevice(register, sam);
		for (const one of received)
			desk.answers(Array.from({ length: 10 }, () => desk.note(one, 'x'.repeat(15_000))));
		copy.catchUp();
		// as registers wrote it that kept all of a change of roles under one number
		const before = register.head();
		register.putOfficer({ ...jo, roles: ['case-officer', 'technician'] });
		const { sqlite } = register.connection;
		const oneStep = `insert into change_log (seq, n, op, kind, record_id, case_id, officer_id, command_id)
			select @seq, row_number() over (), op, kind, record_id, case_id, officer_id, command_id
			from change_log where seq > @before and op = 'scope-add'`;
		sqlite.prepare(oneStep).run({ seq: register.head() + 1, before });
		sqlite.prepare(`update counter set value = value + 1 where name = 'seq'`).run();
		copy.cursor = { ...copy.cursor, seq: register.head() - 1 };
		expect(copy.page()).toMatchObject({ more: false, left: [] });
		copy.expectEqual([caseId, ...received]);
	});

	test('quarantined work that is accepted names its command', () => {
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId: sam.id } }]);
		const note = tablet.note(caseId, 'kept');
		tablet.answer(note);
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId: jo.id } }]);
		register.acceptQuarantined(register.quarantined()[0]?.id ?? '', robin);
		expect(copy.page().commands).toContain(note.id);
		copy.expectEqual([caseId]);
	});
});

describe('a cursor of another history', () => {
	test('of a foreign epoch is told the epoch', () => {
		const cursor = { epoch: uuidv7(), seq: 5, bootstrap: null };
		expect(register.pull(jo, { device: tablet.id, cursor })).toEqual({
			epochChanged: register.epoch
		});
	});

	test('above the head raises an alarm in the audit and starts afresh', () => {
		const cursor = { epoch: register.epoch, seq: register.head() + 1, bootstrap: null };
		expect(register.pull(jo, { device: tablet.id, cursor })).toEqual({
			epochChanged: register.epoch
		});
		expect(
			register.connection.sqlite
				.prepare(
					`select json_extract(body, '$.officer') from audit where what = 'cursor-above-head'`
				)
				.pluck()
				.all()
		).toEqual([jo.id]);
	});
});

describe('why a case is on a device', () => {
	const isIn = (officer: typeof jo, caseId: string) => register.isInScope(officer.id, caseId);

	test('the technician has what is not valid yet, the reviewer what awaits a decision', () => {
		const received = caseOf(register, null);
		const awaiting = caseOf(register, null, { status: 'awaiting-determination' });
		const decided = caseOf(register, null, { status: 'determined' });
		expect([received, awaiting, decided].map((one) => isIn(terry, one))).toEqual([
			true,
			false,
			false
		]);
		expect([received, awaiting, decided].map((one) => isIn(robin, one))).toEqual([
			false,
			true,
			false
		]);
		expect([received, awaiting, decided].some((one) => isIn(jo, one))).toBe(false);
	});

	test('a visit keeps the case with the officer who goes, until it is over', () => {
		const caseId = caseOf(register, sam);
		const visit = uuidv7();
		const plan = {
			id: visit,
			plannedFor: '2026-03-05',
			plannedTime: '',
			purpose: '',
			access: ''
		};
		register.performAs(jo.id, [{ name: 'plan-visit', caseId, payload: plan }]);
		expect(isIn(jo, caseId)).toBe(true);
		register.performAs(jo.id, [{ name: 'start-visit', caseId, payload: { id: visit } }]);
		expect(isIn(jo, caseId)).toBe(true);
		register.performAs(jo.id, [
			{ name: 'finish-visit', caseId, payload: { id: visit, outcome: 'completed' } }
		]);
		expect(isIn(jo, caseId)).toBe(false);
	});

	test('changing from one reason to another is neither leaving nor entering', () => {
		const caseId = caseOf(register, jo);
		tablet.answer(tablet.envelope('pin-case', caseId, { active: true }));
		const copy = new Copy(tablet).catchUp();
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId: sam.id } }]);
		expect(copy.page()).toMatchObject({ left: [], snapshots: [], scopeSize: 1 });
		copy.expectEqual([caseId]);
	});

	test('a case opened from the register stays until its date, then leaves by itself', () => {
		let now = new Date('2026-03-03T09:00:00.000Z');
		const clocked = withOfficers(Register.open(':memory:', { clock: () => now }));
		const caseId = caseOf(clocked, sam);
		const device = new TestDevice(clocked, jo);
		clocked.keepInScope(jo.id, caseId, 'opened', '2026-04-02T09:00:00.000Z');
		clocked.keepInScope(jo.id, caseId, 'opened', '2026-03-20T09:00:00.000Z');
		const first = device.pull();
		expect(first.snapshots).toEqual([caseId]);
		now = new Date('2026-04-02T08:59:00.000Z');
		expect(device.pull(first.cursor).left).toEqual([]);
		now = new Date('2026-04-02T09:00:00.000Z');
		expect(device.pull(first.cursor)).toMatchObject({ left: [caseId], scopeSize: 0 });
		clocked.close();
	});

	test('a new role brings its queue, a lost one takes it away', () => {
		const received = [caseOf(register, null), caseOf(register, null)];
		register.putOfficer({ ...jo, roles: ['case-officer', 'technician'] });
		const copy = new Copy(tablet).catchUp();
		copy.expectEqual(received);
		register.putOfficer(jo);
		expect(copy.page().left.toSorted()).toEqual(received.toSorted());
		register.putOfficer({ ...terry, active: false });
		expect(received.some((one) => isIn(terry, one))).toBe(false);
		const head = register.head();
		register.reconcileScopes();
		expect(register.head()).toBe(head);
	});
});

test('a pull with nothing new costs the same however many cases there are', () => {
	const statements: string[] = [];
	const counted = withOfficers(
		Register.open(':memory:', { trace: (statement) => statements.push(statement) })
	);
	const device = new TestDevice(counted, jo);
	const cost = (cases: number) => {
		for (let i = 0; i < cases; i += 1) caseOf(counted, jo);
		const copy = new Copy(device);
		do statements.length = 0;
		while (copy.page().more);
		statements.length = 0;
		copy.page();
		return [...statements];
	};
	const few = cost(2);
	const many = cost(150);
	expect(many).toHaveLength(few.length);
	expect(many.length).toBeLessThan(12);
	const walks = many
		.filter((sql) => sql.startsWith('select'))
		.flatMap((sql) =>
			counted.connection.sqlite
				.prepare<[], { detail: string }>(`explain query plan ${sql}`)
				.all()
				.filter(({ detail }) => detail.startsWith('SCAN') && !detail.includes('CONSTANT ROW'))
		);
	expect(walks).toEqual([]);
	counted.close();
});

describe('what the council has set', () => {
	const list = (version: string) => ({
		version,
		source: 'GOV.UK',
		from: 2027,
		to: 2027,
		days: [...computed(2027)].map(([on, name]) => ({ on, name }))
	});
	const set = (version: string) => register.setSetting('bank-holidays', list(version), 'system');

	test('is in the first download and then once, when it has changed', () => {
		set('2026-11-01');
		const copy = new Copy(tablet);
		expect(copy.page().settings).toEqual([{ name: 'bank-holidays', value: list('2026-11-01') }]);
		copy.catchUp();
		expect(copy.page().settings).toEqual([]);
		set('2026-12-01');
		expect(copy.page().settings).toEqual([{ name: 'bank-holidays', value: list('2026-12-01') }]);
		expect(copy.page().settings).toEqual([]);
	});
});
