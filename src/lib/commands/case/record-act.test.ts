import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	caseAct,
	caseActNames,
	caseStatus,
	deriveStatus,
	standing,
	type CaseActName,
	type CaseStatus
} from '#lib/domain/case-status.ts';
import type { Officer } from '#lib/domain/officer.ts';
import {
	aFile,
	act,
	ada,
	envelope,
	jo,
	kit,
	perform,
	rae,
	sam,
	statusOf,
	tess,
	unscaled,
	uuid,
	caseId
} from '../one-case.fixture.ts';
import type { CaseFile } from '../case-file.ts';

const payload = (name: CaseActName, over: object = {}) => ({
	act: name,
	effectiveOn: '2026-03-03',
	reason: caseAct(name).reason ? 'Because' : '',
	...(caseAct(name).decision ? { decision: 'granted' } : {}),
	...(name === 'invalidate' ? { validity: unscaled } : {}),
	...over
});

/** Who does each act where nothing is said of who. */
const usual = (name: CaseActName): Officer =>
	['sign-off', 'reopen-case'].includes(caseAct(name).permission) ? rae : jo;

const done = (file: CaseFile, name: CaseActName, over: object = {}, by = usual(name)) =>
	act(file, 'record-act', payload(name, over), by);

const after = (...names: CaseActName[]): CaseFile =>
	names.reduce((file, name) => {
		const result = done(file, name);
		if (result.outcome !== 'applied') throw new Error(`${name}: ${result.code}`);
		return result.file;
	}, aFile());

/** Brings a case to each status by acts alone. */
const roads: Record<CaseStatus, CaseActName[]> = {
	received: [],
	invalid: ['invalidate'],
	'in-assessment': ['validate'],
	'awaiting-determination': ['validate', 'recommend', 'sign-off'],
	'in-committee': ['validate', 'recommend', 'sign-off', 'send-to-committee'],
	'to-be-reviewed': ['validate', 'recommend', 'request-correction'],
	determined: ['validate', 'recommend', 'sign-off', 'determine'],
	returned: ['invalidate', 'return'],
	withdrawn: ['validate', 'withdraw'],
	closed: ['validate', 'recommend', 'close']
};

const progress: CaseStatus[] = [
	'received',
	'invalid',
	'in-assessment',
	'awaiting-determination',
	'in-committee',
	'to-be-reviewed'
];

/** Written out again, not read from the table, so that a slip in the table shows. */
const permitted: Record<CaseActName, Partial<Record<CaseStatus, CaseStatus>>> = {
	validate: { received: 'in-assessment', invalid: 'in-assessment' },
	invalidate: { received: 'invalid' },
	recommend: {
		'in-assessment': 'awaiting-determination',
		'to-be-reviewed': 'awaiting-determination',
		'in-committee': 'awaiting-determination'
	},
	'withdraw-recommendation': { 'awaiting-determination': 'in-assessment' },
	// the roads above have signed off already
	'sign-off': {},
	'request-correction': {
		'awaiting-determination': 'to-be-reviewed',
		'in-committee': 'to-be-reviewed'
	},
	'send-to-committee': {
		'awaiting-determination': 'in-committee',
		'in-committee': 'in-committee'
	},
	'resolve-to-grant': { 'in-committee': 'in-committee' },
	'resolve-to-refuse': { 'in-committee': 'in-committee' },
	determine: { 'awaiting-determination': 'determined', 'in-committee': 'determined' },
	return: Object.fromEntries(progress.map((one) => [one, 'returned'])),
	withdraw: Object.fromEntries(progress.map((one) => [one, 'withdrawn'])),
	close: Object.fromEntries(progress.map((one) => [one, 'closed'])),
	reopen: { returned: 'invalid', withdrawn: 'in-assessment', closed: 'awaiting-determination' },
	quash: { determined: 'in-assessment' }
};

describe('every act from every status', () => {
	const table = caseStatus.options.flatMap((status) =>
		caseActNames.map((name) => ({ status, name, to: permitted[name][status] ?? null }))
	);
	test.each(table)('$status, $name: $to', ({ status, name, to }) => {
		const file = after(...roads[status]);
		expect(statusOf(file)).toBe(status);
		const result = done(file, name);
		if (to === null) {
			expect(result.outcome).toBe('refused');
			// whoever decides on validity learns who has decided already
			expect([
				'act-not-open',
				'not-valid-yet',
				'no-recommendation',
				...(name === 'invalidate' ? ['changed-meanwhile'] : [])
			]).toContain(result.code);
		} else {
			expect(result.outcome).toBe('applied');
			expect(statusOf(result.file)).toBe(to);
			expect(deriveStatus(result.file.all('event'))).toBe(to);
		}
	});

	test('there are 150 pairs', () => {
		expect(table).toHaveLength(150);
	});

	test('a case in any stage of assessment can be withdrawn, returned or closed', () => {
		for (const status of progress)
			for (const name of ['withdraw', 'return', 'close'] as const)
				expect(done(after(...roads[status]), name).outcome).toBe('applied');
	});
});

describe('recommending and signing off', () => {
	const recommended = after('validate', 'recommend');

	test('takes two different people', () => {
		const byReviewer = done(after('validate'), 'recommend', {}, rae).file;
		expect(done(byReviewer, 'sign-off', {}, rae).code).toBe('same-person');
		expect(done(byReviewer, 'sign-off', {}, kit).outcome).toBe('applied');
	});

	test('is not done twice', () => {
		expect(done(done(recommended, 'sign-off').file, 'sign-off', {}, kit).code).toBe('act-not-open');
	});

	test('begins again after corrections, and the old sign-off no longer counts', () => {
		let file = done(recommended, 'sign-off').file;
		file = done(file, 'request-correction').file;
		file = done(file, 'recommend').file;
		expect(done(file, 'determine').code).toBe('not-signed-off');
		expect(done(done(file, 'sign-off').file, 'determine').outcome).toBe('applied');
	});

	test('is a case officer’s to do and a reviewer’s to sign', () => {
		expect(done(after('validate'), 'recommend', {}, tess).code).toBe('not-permitted');
		expect(done(after('validate'), 'recommend', {}, sam).code).toBe('not-your-case');
		expect(done(recommended, 'sign-off', {}, jo).code).toBe('not-permitted');
		expect(done(recommended, 'sign-off', {}, ada).code).toBe('not-permitted');
	});

	test('names a decision of the application’s type', () => {
		const file = after('validate');
		expect(done(file, 'recommend', { decision: 'not_required' }).code).toBe('value-not-accepted');
		expect(done(file, 'recommend', { decision: undefined }).code).toBe('value-not-accepted');
		const prior = done(aFile({ applicationType: 'pa.part1.classA' }), 'validate').file;
		expect(done(prior, 'recommend', { decision: 'not_required' }).outcome).toBe('applied');
		const unknown = done(aFile({ applicationType: 'something.new' }), 'validate').file;
		expect(done(unknown, 'recommend', { decision: 'refused' }).outcome).toBe('applied');
	});
});

describe('determining', () => {
	const ready = after('validate', 'recommend', 'sign-off');

	test('needs a sign-off', () => {
		expect(done(after('validate', 'recommend'), 'determine').code).toBe('not-signed-off');
		expect(done(after('validate'), 'determine').code).toBe('no-recommendation');
		expect(done(aFile(), 'determine').code).toBe('not-valid-yet');
	});

	test('is refused to the case officer, whatever the screen showed', () => {
		expect(done(ready, 'determine', {}, jo).code).toBe('not-permitted');
	});

	test('gives the decision that was signed off', () => {
		expect(done(ready, 'determine', { decision: 'refused' }).code).toBe('not-signed-off');
	});

	test('follows the committee where it resolved otherwise', () => {
		const committee = done(ready, 'send-to-committee', { effectiveOn: '2026-04-20' }).file;
		const overturned = done(committee, 'resolve-to-refuse').file;
		expect(done(overturned, 'determine').detail).toContain('committee');
		const result = done(overturned, 'determine', { decision: 'refused' });
		expect(result.outcome).toBe('applied');
		expect(standing(result.file.all('event')).decision).toEqual({
			decision: 'refused',
			on: '2026-03-03'
		});
	});

	test('waits until a disputed statutory value has been chosen', () => {
		const conflict = {
			id: 'x:description',
			caseId,
			kind: 'case',
			recordId: caseId,
			field: 'description',
			standing: { value: 'a', command: uuid(9, 900), by: jo.id, at: null },
			second: { value: 'b', command: uuid(9, 901), by: sam.id, at: null },
			blocksDecision: true,
			resolved: null,
			writers: {}
		};
		const disputed = ready.with([{ kind: 'conflict', record: conflict }]);
		expect(done(disputed, 'determine').code).toBe('conflict-open');
		const small = ready.with([
			{ kind: 'conflict', record: { ...conflict, blocksDecision: false } }
		]);
		expect(done(small, 'determine').outcome).toBe('applied');
		const resolved = { by: jo.id, at: '2026-03-03T14:05:00.000Z', chose: 'second' as const };
		const chosen = ready.with([{ kind: 'conflict', record: { ...conflict, resolved } }]);
		expect(done(chosen, 'determine').outcome).toBe('applied');
	});

	test('leaves no decision behind when it is quashed', () => {
		const file = after('validate', 'recommend', 'sign-off', 'determine', 'quash');
		const now = standing(file.all('event'));
		expect([now.status, now.decision, now.recommendation]).toEqual(['in-assessment', null, null]);
		expect(now.validFrom).toBe('2026-03-03');
	});
});

describe('days and reasons', () => {
	test('an act may not take effect tomorrow, but a committee may meet then', () => {
		expect(done(aFile(), 'validate', { effectiveOn: '2026-03-04' }).code).toBe('date-in-future');
		const ready = after('validate', 'recommend', 'sign-off');
		expect(done(ready, 'send-to-committee', { effectiveOn: '2027-01-20' }).outcome).toBe('applied');
	});

	test('nothing happens before the application was received', () => {
		expect(done(aFile(), 'validate', { effectiveOn: '2026-03-01' }).code).toBe(
			'date-before-received'
		);
		expect(done(aFile(), 'validate', { effectiveOn: '2026-03-02' }).outcome).toBe('applied');
	});

	test('today is the London day of the author’s device', () => {
		const late = (day: string) =>
			perform(
				aFile(),
				envelope('record-act', payload('validate', { effectiveOn: day }), jo, {
					captured: { wall: '2026-06-30T23:30:00.000Z', monotonic: 1, serverOffset: null }
				})
			);
		expect(late('2026-07-01').outcome).toBe('applied');
		expect(late('2026-07-02').code).toBe('date-in-future');
	});

	test('determining is not dated before the application was valid', () => {
		const ready = after('validate', 'recommend', 'sign-off');
		expect(done(ready, 'determine', { effectiveOn: '2026-03-02' }).code).toBe('not-valid-yet');
	});

	test.each(caseActNames.filter((name) => caseAct(name).reason))('%s needs a reason', (name) => {
		const status = caseAct(name).from[0] ?? 'received';
		expect(done(after(...roads[status]), name, { reason: '  ' }).code).toBe('reason-missing');
	});
});

describe('the timeline', () => {
	test('uses the national name of the event where there is one', () => {
		const events = after(
			'invalidate',
			'validate',
			'recommend',
			'send-to-committee',
			'resolve-to-grant',
			'sign-off',
			'determine'
		).all('event');
		expect(events.map(({ type }) => type)).toEqual([
			'invalid-from',
			'valid-from',
			'recommendation-made',
			'committee-date',
			'resolution-to-grant',
			'recommendation-signed-off',
			'determined'
		]);
		expect(events.map(({ detail }) => detail['step'])).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	test('gives the same status in whatever order its events are read', () => {
		const events = after(...roads.determined, 'quash').all('event');
		expect(deriveStatus(events.toReversed())).toBe('in-assessment');
	});

	test('an act that comes twice is done once', () => {
		const sent = envelope('record-act', payload('validate'));
		const once = perform(aFile(), sent);
		const twice = perform(once.file, sent);
		expect([twice.outcome, twice.changes]).toEqual(['applied', []]);
	});
});

test('whatever officers try, the status is the one its events give', () => {
	const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
	process.stdout.write(`record-act.test.ts: fast-check seed ${seed} (set FC_SEED to repeat it)\n`);
	const step = fc.record({
		name: fc.constantFrom(...caseActNames),
		by: fc.constantFrom(jo, sam, rae, kit, tess, ada),
		decision: fc.constantFrom('granted', 'refused')
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			let file = aFile();
			for (const { name, by, decision } of steps) {
				const before = standing(file.all('event'));
				const result = done(file, name, caseAct(name).decision ? { decision } : {}, by);
				if (name === 'determine' && result.outcome === 'applied')
					expect([null, before.recommendation?.by]).not.toContain(
						before.recommendation?.signedOffBy ?? null
					);
				file = result.file;
				expect(deriveStatus(file.all('event'))).toBe(statusOf(file));
			}
		}),
		{ seed, numRuns: 300 }
	);
});
