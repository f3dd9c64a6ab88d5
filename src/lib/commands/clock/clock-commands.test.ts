import { describe, expect, test } from 'vitest';
import { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import { factsOf } from '#lib/domain/clock/clock-facts.ts';
import { clocksOf, clockToWorkTo } from '#lib/domain/clock/clocks.ts';
import type { CaseFile } from '../case-file.ts';
import {
	act,
	envelope,
	aFile,
	ada,
	caseId,
	fileWith,
	jo,
	perform,
	rae,
	sam,
	tess,
	unscaled
} from '../one-case.fixture.ts';
import { clockCase } from './clock-case.ts';

const holidays = new BankHolidays();
const facts = (file: CaseFile) => factsOf(caseId, file.get('clock', caseId), file.all('event'));
const clocks = (file: CaseFile) => {
	const one = clockCase(file);
	if (one === null) throw new Error('no case');
	return clocksOf(one, holidays);
};
const dueOn = (file: CaseFile) => clockToWorkTo(clocks(file))?.due ?? null;

/** Received on 2 March 2026, valid from 3 March: eight weeks end on 28 April. */
const valid = (over: Parameters<typeof aFile>[0] = {}): CaseFile =>
	act(aFile(over), 'record-act', { act: 'validate', effectiveOn: '2026-03-03', reason: '' }).file;
const on = (day: string) => ({
	captured: { wall: `${day}T12:00:00.000Z`, monotonic: 1, serverOffset: null }
});
const extension = (over: object = {}) => ({
	kind: 'extension',
	agreedOn: '2026-04-20',
	until: '2026-05-29',
	words: 'E-mail of the agent of 20 April',
	...over
});
const agree = (file: CaseFile, over: object = {}, today = '2026-04-21', by = jo) =>
	perform(file, envelope('agree-time', extension(over), by, on(today)));

describe('being made valid', () => {
	test('starts the clock from the day it takes effect, and being quashed opens it again', () => {
		expect(facts(valid())).toMatchObject({ validFrom: '2026-03-03', decidedOn: null });
		expect(dueOn(valid())).toBe('2026-04-28');
		expect(dueOn(aFile({ status: 'received' }))).toBe('2026-03-09');
	});

	test('is over when decided, and runs again when the decision was quashed', () => {
		const move = (file: CaseFile, name: string, more: object, by = rae) =>
			act(file, 'record-act', { act: name, effectiveOn: '2026-03-03', reason: '', ...more }, by)
				.file;
		const granted = { decision: 'granted' };
		const recommended = move(valid(), 'recommend', granted, jo);
		const decided = move(move(recommended, 'sign-off', {}), 'determine', granted);
		expect(facts(decided).decidedOn).toBe('2026-03-03');
		expect(dueOn(decided)).toBeNull();
		const quashed = move(decided, 'quash', { reason: 'By the High Court' });
		expect(facts(quashed).decidedOn).toBeNull();
		expect(dueOn(quashed)).toBe('2026-04-28');
	});

	test('made invalid first, and valid when the last item has come', () => {
		const invalid = act(aFile(), 'record-act', {
			act: 'invalidate',
			effectiveOn: '2026-03-02',
			reason: '',
			validity: unscaled
		}).file;
		expect(facts(invalid)).toMatchObject({ invalidFrom: '2026-03-02', validFrom: null });
		expect(dueOn(valid())).toBe('2026-04-28');
	});

	test('a case made valid before clocks were recorded has them from its timeline', () => {
		const file = valid();
		const older = fileWith(...[...file.records()].filter(({ kind }) => kind !== 'clock'));
		expect(older.get('clock', caseId)).toBeUndefined();
		expect(facts(older)).toEqual(facts(file));
		expect(dueOn(older)).toBe('2026-04-28');
	});
});

describe('agreeing more time', () => {
	test('moves the day, keeps the statutory one, and says so on the timeline', () => {
		const done = agree(valid());
		expect(done.outcome).toBe('applied');
		expect(dueOn(done.file)).toBe('2026-05-29');
		expect(facts(done.file).agreements).toMatchObject([
			{ until: '2026-05-29', insteadOf: '2026-04-28', recordedBy: jo.id, withdrawn: null }
		]);
		expect(done.file.all('event').at(-1)).toMatchObject({
			type: 'time-extension-agreed',
			effectiveOn: '2026-04-20'
		});
	});

	test('trap 1: accepting an extension then editing any field keeps the new expiry', () => {
		let { file } = agree(valid());
		for (const [field, value] of [
			['description', 'Two storeys'],
			['address', '2 High Street'],
			['accessNote', 'Ring first'],
			['uprn', '1']
		])
			({ file } = act(file, 'edit-record', {
				kind: 'case',
				id: caseId,
				fields: { [field as string]: { base: null, value } }
			}));
		expect(file.case?.description).toBe('Two storeys');
		expect(dueOn(file)).toBe('2026-05-29');
	});

	test('trap 2: a refused extension changes nothing by any path', () => {
		const file = valid();
		for (const [over, code] of [
			[{ until: '2026-04-28' }, 'value-not-accepted'],
			[{ until: '2026-04-01' }, 'value-not-accepted'],
			[{ agreedOn: '2026-04-22' }, 'date-in-future'],
			[{ agreedOn: '2026-03-01' }, 'date-before-received'],
			[{ words: '  ' }, 'reason-missing'],
			[{ until: '2026-02-30' }, 'payload-not-understood']
		] as const) {
			const done = agree(file, over);
			expect(done.code).toBe(code);
			expect(done.changes).toEqual([]);
			expect(dueOn(done.file)).toBe('2026-04-28');
		}
		expect(agree(file, {}, '2026-04-21', sam).code).toBe('not-your-case');
		expect(agree(file, {}, '2026-04-21', tess).code).toBe('not-permitted');
		expect(agree(file, {}, '2026-04-21', ada).code).toBe('not-permitted');
	});

	test('after the day has passed it is recorded, and known as late', () => {
		const { file, outcome } = agree(valid(), { agreedOn: '2026-05-04' }, '2026-05-04');
		expect(outcome).toBe('applied');
		const agreed = clocks(file)[0];
		expect(agreed).toMatchObject({ id: 'agreed', due: '2026-05-29' });
		expect(agreed?.ask).toMatch(/after the time had run out/);
	});

	test('two officers offline: both agreements are kept, and the one agreed last holds', () => {
		const first = agree(
			valid(),
			{ agreedOn: '2026-04-22', until: '2026-06-30' },
			'2026-04-22',
			rae
		);
		const second = agree(first.file, { until: '2026-07-10' });
		expect(facts(second.file).agreements).toHaveLength(2);
		expect(dueOn(second.file)).toBe('2026-06-30');
	});

	test('one recorded by mistake counts no more and stays to be read', () => {
		const { file } = agree(valid());
		const id = facts(file).agreements[0]?.id;
		const withdraw = (reason: string, from = file) =>
			act(from, 'withdraw-clock-entry', { of: 'agreement', id, reason }, jo);
		expect(withdraw(' ').code).toBe('reason-missing');
		const done = withdraw('It was for number 12');
		expect(dueOn(done.file)).toBe('2026-04-28');
		expect(facts(done.file).agreements[0]).toMatchObject({
			until: '2026-05-29',
			withdrawn: { by: jo.id, reason: 'It was for number 12' }
		});
		expect(withdraw('Again', done.file).code).toBe('already-withdrawn');
		expect(act(file, 'withdraw-clock-entry', { of: 'publicity', id, reason: 'x' }).code).toBe(
			'record-unknown'
		);
	});

	test('a performance agreement may be older than the application', () => {
		const file = aFile({ applicationType: 'pp.full.major' });
		const ppa = { kind: 'performance-agreement', agreedOn: '2026-01-15', until: '2026-12-18' };
		const done = agree(file, ppa);
		expect(done.file.all('event').at(-1)?.type).toBe('performance-agreement-made');
		expect(dueOn(done.file)).toBe('2026-12-18');
	});

	test.each([
		['wtt.notice', 'time-not-extendable'],
		['preApp', 'time-not-extendable'],
		['pp.unknown', 'time-not-extendable']
	])('is refused for %s', (applicationType, code) => {
		expect(agree(aFile({ applicationType })).code).toBe(code);
	});

	test('is refused when the case has ended', () => {
		expect(agree(aFile({ status: 'withdrawn' })).detail).toBe('It is at: Withdrawn.');
	});

	test('sent twice it is done once', () => {
		const sent = envelope('agree-time', extension(), jo, on('2026-04-21'));
		const once = perform(valid(), sent);
		expect(perform(once.file, sent).changes).toEqual([]);
	});
});

describe('what is recorded of the development at validation', () => {
	const record = (file: CaseFile, field: string, value: unknown) =>
		act(file, 'edit-record', {
			kind: 'facts',
			id: caseId,
			fields: { [field]: { base: null, value } }
		});
	const eia = { outcome: 'required', screenedOn: null, note: '' };

	test('sixteen weeks for an impact assessment, even when recorded after it became valid', () => {
		const file = valid({ applicationType: 'pp.full.major' });
		expect(dueOn(file)).toBe('2026-06-02');
		expect(dueOn(record(file, 'eia', eia).file)).toBe('2026-06-23');
	});

	test.each([
		['Q01', '2026-06-02'],
		['Q07', '2026-05-12'],
		['Q13', '2026-04-28']
	])('the development type %s of a full application: until %s', (code, due) => {
		const { file } = record(valid({ applicationType: 'pp.full' }), 'developmentType', code);
		expect(dueOn(file)).toBe(due);
	});

	test('an agreed day stays', () => {
		const { file } = agree(valid({ applicationType: 'pp.full' }));
		expect(dueOn(record(file, 'developmentType', 'Q01').file)).toBe('2026-05-29');
	});
});

describe('prior approval', () => {
	const extensionCase = () => aFile({ applicationType: 'pa.part1.classA' });
	const record = (file: CaseFile, to: unknown, from: unknown = null) =>
		act(file, 'record-required-information', { from, to, reason: '' }, tess);

	test('counts from the day everything had arrived, not from being made valid', () => {
		const arrived = record(extensionCase(), '2026-03-02').file;
		const made = act(arrived, 'record-act', {
			act: 'validate',
			effectiveOn: '2026-03-03',
			reason: ''
		}).file;
		expect([dueOn(arrived), dueOn(made)]).toEqual(['2026-04-13', '2026-04-13']);
		expect(dueOn(record(made, '2026-03-03', '2026-03-02').file)).toBe('2026-04-14');
	});

	test.each([
		['2026-03-04', 'date-in-future'],
		['2026-03-01', 'date-before-received'],
		['2026-02-30', 'payload-not-understood']
	])('%s is refused: %s', (day, code) => {
		expect(record(extensionCase(), day).code).toBe(code);
	});

	test('somebody else recorded another day meanwhile', () => {
		const { file } = record(extensionCase(), '2026-03-02');
		expect(record(file, 'outstanding', null).code).toBe('changed-meanwhile');
		expect(record(file, 'outstanding', '2026-03-02').outcome).toBe('applied');
		// two who say the same agree
		expect(record(file, '2026-03-02', null).outcome).toBe('applied');
	});

	test('in two steps: first whether approval is required, then the approval', () => {
		const say = (file: CaseFile, from: boolean | null, to: boolean | null) =>
			act(file, 'record-approval-required', { from, to, reason: '' });
		const file = aFile({ applicationType: 'pa.part11.classB' });
		expect(dueOn(file)).toBe('2026-03-30');
		const required = say(file, null, true);
		expect(dueOn(required.file)).toBe('2026-04-27');
		expect(say(required.file, null, false).code).toBe('changed-meanwhile');
		expect(say(required.file, null, true).changes).toEqual([]);
		expect(say(extensionCase(), null, true).code).toBe('value-not-accepted');
	});

	test('other applications have no such day', () => {
		expect(record(aFile(), '2026-03-02').code).toBe('value-not-accepted');
	});
});

describe('publicity', () => {
	const post = (day: string, file = valid()) =>
		act(file, 'record-publicity', { kind: 'site-notice', on: day, words: 'Lamp post' });

	test('trap 7: a notice displayed yesterday can be recorded today; a future day is refused', () => {
		const yesterday = post('2026-03-02');
		expect(yesterday.outcome).toBe('applied');
		expect(facts(yesterday.file).publicity).toMatchObject([
			{ on: '2026-03-02', words: 'Lamp post' }
		]);
		expect(post('2026-03-03').outcome).toBe('applied');
		expect(post('2026-03-04').code).toBe('date-in-future');
		expect(post('2026-03-01').code).toBe('date-before-received');
	});

	test('moves no day to decide by', () => {
		expect(dueOn(post('2026-03-03').file)).toBe('2026-04-28');
	});
});
