import { describe, expect, test } from 'vitest';
import { applicationTypes } from '../application-type.ts';
import { BankHolidays } from './bank-holidays.ts';
import { noFacts, type Agreement, type ClockFacts, type Publicity } from './clock-facts.ts';
import type { ClockCase, ClockId } from './clock.ts';
import type { Development } from './development.ts';
import { clocksOf, clockToWorkTo } from './clocks.ts';

const holidays = new BankHolidays();
const caseId = '01980000-0000-7000-8000-0000000000aa';

interface Given extends Partial<Omit<ClockCase, 'facts' | 'development'>> {
	facts?: Partial<ClockFacts>;
	development?: Partial<Development>;
}
const aCase = ({ facts = {}, development = {}, ...over }: Given): ClockCase => ({
	applicationType: 'pp.full.minor',
	status: 'in-assessment',
	receivedOn: '2026-03-02',
	...over,
	facts: { ...noFacts(caseId), ...facts },
	development: { eia: null, major: null, publicService: null, ...development }
});
const clocks = (given: Given) => clocksOf(aCase(given), holidays);
const clock = (given: Given, id: ClockId) => clocks(given).find((one) => one.id === id);
const due = (given: Given, id: ClockId = 'statutory') => clock(given, id)?.due;
const toWorkTo = (given: Given) => clockToWorkTo(clocks(given));

const agreed = (over: Partial<Agreement> = {}): Agreement => ({
	id: 'agreed-1',
	kind: 'extension',
	agreedOn: '2026-04-20',
	until: '2026-05-29',
	words: 'E-mail of the agent',
	recordedBy: 'jo',
	insteadOf: '2026-04-28',
	withdrawn: null,
	...over
});
const notice = (over: Partial<Publicity> = {}): Publicity => ({
	id: 'notice-1',
	kind: 'site-notice',
	on: '2026-03-10',
	words: '',
	recordedBy: 'jo',
	withdrawn: null,
	...over
});

describe('the clock table', () => {
	test('1. a full minor application valid on 3 March has 8 weeks, counted from the day after', () => {
		expect(due({ facts: { validFrom: '2026-03-03' } })).toBe('2026-04-28');
	});

	test('2. a major application valid on 1 July has 13 weeks', () => {
		const given = { applicationType: 'pp.full.major', facts: { validFrom: '2026-07-01' } };
		expect(due(given)).toBe('2026-09-30');
	});

	test.each([
		'pp.full.minor',
		'pp.full.major',
		'pp.full',
		'pp.outline.some',
		'pp.full.minor.technicalDetails'
	])(
		'3. environmental impact assessment makes it 16 weeks even when set later: %s',
		(applicationType) => {
			const before = { applicationType, facts: { validFrom: '2026-07-01' } };
			const after = {
				applicationType,
				facts: { validFrom: '2026-07-01' },
				development: { eia: true }
			};
			expect(due(before)).not.toBe('2026-10-21');
			expect(due(after)).toBe('2026-10-21');
		}
	);

	test('3. it changes nothing where no such assessment can be', () => {
		const facts = { validFrom: '2026-07-01' };
		expect(due({ applicationType: 'ldc.proposed', facts, development: { eia: true } })).toBe(
			'2026-08-26'
		);
	});

	test('4. public service infrastructure has 10 weeks', () => {
		const facts = { validFrom: '2026-03-03' };
		const development = { publicService: true, major: true };
		expect(clock({ applicationType: 'pp.full', facts, development }, 'statutory')).toMatchObject({
			due: '2026-05-12',
			status: 'established',
			ask: null
		});
		expect(clock({ facts, development: { publicService: true } }, 'statutory')?.ask).toMatch(
			/major development only/
		);
	});

	test.each([
		['pp.full.minor.technicalDetails', '2026-04-07'],
		['pp.full.major.technicalDetails', '2026-05-12']
	])('5. technical details consent, %s: until %s', (applicationType, expected) => {
		expect(due({ applicationType, facts: { validFrom: '2026-03-03' } })).toBe(expected);
	});

	test('6. a larger home extension counts from the day everything it requires arrived, not from being made valid', () => {
		const given = { applicationType: 'pa.part1.classA', receivedOn: '2026-06-01' };
		const arrived = { validFrom: '2026-06-10', requiredInformation: '2026-06-01' };
		expect(clock({ ...given, facts: arrived }, 'statutory')).toMatchObject({
			due: '2026-07-13',
			status: 'established'
		});
		expect(due({ ...given, facts: { ...arrived, requiredInformation: '2026-06-10' } })).toBe(
			'2026-07-22'
		);
		const unsaid = clock({ ...given, facts: { validFrom: '2026-06-10' } }, 'statutory');
		expect(unsaid).toMatchObject({ due: '2026-07-13', status: 'council to confirm' });
		expect(unsaid?.ask).toMatch(/everything the class requires/);
		expect(
			clock({ ...given, facts: { requiredInformation: 'outstanding' } }, 'statutory')
		).toMatchObject({ due: null, state: 'not started' });
	});

	test('7. office to homes received on 23 October 2014: day 56 is 18 December, not 31 December', () => {
		const given = { applicationType: 'pa.part3.classMA', receivedOn: '2014-10-23' };
		expect(due({ ...given, facts: { validFrom: '2014-11-05' } })).toBe('2014-12-18');
	});

	test('8. an extension agreed in time moves the agreed day and keeps the statutory one', () => {
		const given = { facts: { validFrom: '2026-03-03', agreements: [agreed()] } };
		expect(clock(given, 'agreed')).toMatchObject({
			due: '2026-05-29',
			status: 'established',
			ask: null,
			state: 'running'
		});
		expect(clock(given, 'statutory')).toMatchObject({ due: '2026-04-28', state: 'replaced' });
		expect(toWorkTo(given)?.due).toBe('2026-05-29');
	});

	test('9. an extension agreed after the day has passed counts, and is flagged', () => {
		const late = agreed({ agreedOn: '2026-05-01' });
		const given = { facts: { validFrom: '2026-03-03', agreements: [late] } };
		expect(clock(given, 'agreed')).toMatchObject({
			due: '2026-05-29',
			status: 'council to confirm'
		});
		expect(clock(given, 'agreed')?.ask).toMatch(/after the time had run out/);
	});

	test('9. nothing agreed after silence has given consent takes it back', () => {
		const late = agreed({ agreedOn: '2026-05-20', until: '2026-06-30', insteadOf: '2026-05-12' });
		const given = {
			applicationType: 'pa.part3.classMA',
			receivedOn: '2026-03-17',
			facts: { agreements: [late] }
		};
		expect(clock(given, 'agreed')).toBeUndefined();
		expect(toWorkTo(given)?.due).toBe('2026-05-12');
	});

	test('10. made invalid, the clock has not begun; valid again, it counts from the last item', () => {
		const invalid = { status: 'invalid', facts: { invalidFrom: '2026-03-05' } } as const;
		expect(clock(invalid, 'statutory')).toMatchObject({ due: null, state: 'not started' });
		expect(due({ facts: { invalidFrom: '2026-03-05', validFrom: '2026-03-24' } })).toBe(
			'2026-05-19'
		);
	});

	test('11. a site notice posted late moves the first day to decide, not the last', () => {
		const facts = { validFrom: '2026-03-03' };
		const inTime = { facts: { ...facts, publicity: [notice()] } };
		const late = { facts: { ...facts, publicity: [notice({ on: '2026-04-20' })] } };
		expect([due(inTime), due(late)]).toEqual(['2026-04-28', '2026-04-28']);
		expect(due(inTime, 'earliest-decision')).toBe('2026-03-31');
		// 4 May is a bank holiday
		expect(due(late, 'earliest-decision')).toBe('2026-05-12');
	});

	test('12. bank holidays do not lengthen weeks of the law, and do lengthen the council’s working days', () => {
		expect(due({ facts: { validFrom: '2025-12-01' } })).toBe('2026-01-26');
		const arrived = { status: 'received', receivedOn: '2025-12-23' } as const;
		expect(due(arrived, 'validate')).toBe('2026-01-02');
		const invalid = { status: 'invalid', facts: { invalidFrom: '2025-12-15' } } as const;
		expect(due(invalid, 'complete')).toBe('2026-01-08');
	});

	test('13. the change of the clocks has no effect', () => {
		expect(due({ facts: { validFrom: '2026-03-28' } })).toBe('2026-05-23');
		expect(due({ facts: { validFrom: '2026-10-24' } })).toBe('2026-12-19');
	});
});

describe('traps', () => {
	test('trap 3: larger home extension 42 days, Part 3 56, major 91, impact assessment 112', () => {
		const from = { receivedOn: '2026-01-01', facts: { validFrom: '2026-01-01' } };
		const dueOf = (applicationType: string) => due({ applicationType, ...from });
		expect(dueOf('pa.part1.classA')).toBe('2026-02-12');
		expect(dueOf('pa.part3.classQ')).toBe('2026-02-26');
		expect(dueOf('pp.full.major')).toBe('2026-04-02');
		expect(dueOf('environmentalImpact')).toBe('2026-04-23');
	});

	test('trap 1: an agreed day stays when the size of the development is recorded later', () => {
		const facts = { validFrom: '2026-03-03', agreements: [agreed()] };
		const before = toWorkTo({ applicationType: 'pp.full', facts });
		const after = toWorkTo({ applicationType: 'pp.full', facts, development: { major: true } });
		expect([before?.due, after?.due]).toEqual(['2026-05-29', '2026-05-29']);
		// and says so, because now the law would give longer
		expect(after?.ask).toMatch(/now ends later/);
	});

	test('a second extension follows the first, and one withdrawn as a mistake counts no more', () => {
		const second = agreed({ id: 'agreed-2', agreedOn: '2026-05-20', until: '2026-06-30' });
		const mistaken = { ...second, withdrawn: { by: caseId, at: '', reason: 'Wrong case' } };
		const facts = { validFrom: '2026-03-03' };
		expect(due({ facts: { ...facts, agreements: [agreed(), second] } }, 'agreed')).toBe(
			'2026-06-30'
		);
		expect(due({ facts: { ...facts, agreements: [agreed(), mistaken] } }, 'agreed')).toBe(
			'2026-05-29'
		);
	});
});

describe('other rules', () => {
	test('a planning performance agreement sets its day before anything is valid', () => {
		const ppa = agreed({ kind: 'performance-agreement', until: '2026-12-18', insteadOf: null });
		const given: Given = {
			applicationType: 'pp.full.major',
			status: 'received',
			facts: { agreements: [ppa] }
		};
		expect(toWorkTo(given)).toMatchObject({ id: 'agreed', due: '2026-12-18' });
	});

	test.each([
		['pp.full.major', null, '2026-09-01', null],
		['pp.full.minor', null, '2026-06-23', null],
		['pp.full.householder', null, '2026-06-23', null],
		['pp.full', true, '2026-09-01', null],
		['pp.full', null, '2026-06-23', 'Is it major development? Then 26 weeks, otherwise 16.'],
		['approval.conditions', null, '2026-05-26', null]
	])('the planning guarantee of %s (major: %s) ends on %s', (applicationType, major, last, ask) => {
		const found = clock(
			{ applicationType, facts: { validFrom: '2026-03-03' }, development: { major } },
			'guarantee'
		);
		expect(found).toMatchObject({ due: last, ask, status: 'council to confirm' });
	});

	test.each(['ldc.proposed', 'listed', 'pa.part3.classMA', 'wtt.notice'])(
		'the guarantee is not for %s',
		(applicationType) => {
			expect(clock({ applicationType }, 'guarantee')).toBeUndefined();
		}
	);

	test('more time agreed in writing ends the guarantee', () => {
		const facts = { validFrom: '2026-03-03', agreements: [agreed()] };
		expect(clock({ facts }, 'guarantee')?.state).toBe('replaced');
	});

	test.each([
		['wtt.notice', '2026-04-13', 'The work may go ahead as notified.'],
		['hedgerowRemovalNotice', '2026-04-13', 'The work may go ahead as notified.'],
		['amendment.nonMaterial', '2026-03-30', /no consequence/],
		['pa.part1.classA', '2026-04-13', /permission is deemed to be given/],
		['pa.part16.classA', '2026-04-27', /permission is deemed to be given/],
		['environmentalImpact.screening', '2026-03-23', /Secretary of State/]
	])('%s counts from receipt, until %s', (applicationType, last, silence) => {
		const found = clock({ applicationType, status: 'received' }, 'statutory');
		expect(found?.due).toBe(last);
		expect(found?.consequence?.words).toMatch(silence);
	});

	test('the time of a tree notice cannot be extended', () => {
		const given = { applicationType: 'wtt.notice', facts: { agreements: [agreed()] } };
		expect(toWorkTo(given)).toMatchObject({ id: 'statutory', due: '2026-04-13' });
	});

	test('agriculture and demolition: 28 days to say whether approval is needed, then 56 from receipt', () => {
		const given = { applicationType: 'pa.part11.classB' };
		expect(clock(given, 'statutory')).toMatchObject({
			words: 'Say whether approval is required by',
			due: '2026-03-30'
		});
		expect(clock({ ...given, facts: { approvalRequired: true } }, 'statutory')).toMatchObject({
			words: 'Decide by',
			due: '2026-04-27'
		});
	});

	test('an undecided application may be appealed for six months', () => {
		expect(due({ facts: { validFrom: '2026-03-03' } }, 'appeal')).toBe('2026-10-28');
		expect(due({ facts: { validFrom: '2026-03-03', agreements: [agreed()] } }, 'appeal')).toBe(
			'2026-11-29'
		);
	});

	test.each([
		['21 days', {}, 'pp.full.minor', '2026-03-30'],
		['18 for public service infrastructure', { publicService: true }, 'pp.full', '2026-03-27'],
		['30 with an environmental statement', { eia: true }, 'pp.full', '2026-04-08'],
		['14 for permission in principle', {}, 'pp.pip', '2026-03-23']
	])('a site notice of 10 March is up %s', (_, development, applicationType, last) => {
		expect(
			due({ applicationType, development, facts: { publicity: [notice()] } }, 'publicity')
		).toBe(last);
	});

	test('only an environmental statement’s 30 days count public holidays', () => {
		const over = { publicity: [notice({ on: '2025-12-24' })] };
		expect(due({ facts: over }, 'publicity')).toBe('2026-01-16');
		expect(
			due({ applicationType: 'pp.full', facts: over, development: { eia: true } }, 'publicity')
		).toBe('2026-01-22');
	});

	test('a newspaper’s 14 days, and the last of several periods decides', () => {
		const several = [
			notice(),
			notice({ id: 'n-2', kind: 'newspaper', on: '2026-03-20' }),
			notice({ id: 'n-3', on: '2026-06-01', withdrawn: { by: caseId, at: '', reason: 'x' } })
		];
		expect(due({ facts: { publicity: several } }, 'earliest-decision')).toBe('2026-04-03');
	});
});

test('every clock of every type says its rule, its base, its source and its working', () => {
	for (const { code } of applicationTypes)
		for (const status of ['received', 'invalid', 'in-assessment', 'determined'] as const)
			for (const one of clocks({
				applicationType: code,
				status,
				facts: { validFrom: status === 'received' ? null : '2026-03-03', publicity: [notice()] }
			})) {
				expect(one.source.length, code).toBeGreaterThan(10);
				expect(one.rule.length, code).toBeGreaterThan(10);
				expect(one.working.length, code).toBeGreaterThan(0);
				expect(one.due === null, code).toBe(one.base.on === null);
				if (status === 'determined') expect(one.state).toBe('over');
			}
});

test('an unknown type has no clock but the council’s own target, and fails nothing', () => {
	const unknown = clocks({ applicationType: 'pp.new.kind', status: 'received' });
	expect(unknown.map(({ id }) => id)).toEqual(['validate']);
});

test('what an unrelated change touches is not asked for: the same facts give the same clocks', () => {
	const facts = { validFrom: '2026-03-03', agreements: [agreed()], publicity: [notice()] };
	expect(clocks({ facts })).toEqual(clocks({ facts: structuredClone(facts) }));
});
