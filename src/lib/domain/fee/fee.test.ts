import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BankHolidays } from '../clock/bank-holidays.ts';
import { compareFee } from './compare-fee.ts';
import { feeDay } from './fee-day.ts';
import { feeHeadNames, feeHeads, type FeeHeadName } from './fee-table.ts';
import type { FeeBasis } from './fee-basis.ts';
import { councilFees, councilRates } from './council-fees.ts';
import { reckonFee } from './reckon-fee.ts';

const basis = (
	head: FeeHeadName,
	quantity: number | null = null,
	more: Partial<FeeBasis> = {}
): FeeBasis => ({
	parts: [{ head, quantity }],
	alternatives: false,
	share: 'whole',
	exemption: null,
	reduction: null,
	day: null,
	stated: null,
	note: '',
	...more
});
const due = (...args: Parameters<typeof reckonFee>) => reckonFee(...args).due;

const holidays = new BankHolidays();
const day = (receivedOn: string, at: string) => feeDay(receivedOn, at, holidays).day;

describe('the day whose fees apply', () => {
	it.each([
		['2025-03-31', '2025-03-31T15:59:00.000Z', '2025-03-31', 258],
		['2025-04-01', '2025-04-01T08:00:00.000Z', '2025-04-01', 528],
		['2026-03-31', '2026-03-31T15:59:00.000Z', '2026-03-31', 528],
		['2026-03-31', '2026-03-31T16:01:00.000Z', '2026-04-01', 548]
	])(
		'a householder application received on %s at %s counts on %s and costs £%d',
		(receivedOn, at, on, pounds) => {
			expect(day(receivedOn, at)).toBe(on);
			expect(due(basis('householder-one'), day(receivedOn, at))).toBe(pounds * 100);
		}
	);

	it('what arrives on a Saturday or on Good Friday counts on the next working day; paper on its own', () => {
		expect(day('2026-06-13', '2026-06-13T09:00:00.000Z')).toBe('2026-06-15');
		expect(day('2026-04-03', '2026-04-03T09:00:00.000Z')).toBe('2026-04-07');
		expect(feeDay('2026-06-13', null, holidays).day).toBe('2026-06-13');
	});

	it('says how it was found', () => {
		expect(feeDay('2026-03-31', '2026-03-31T16:01:00.000Z', holidays).working.join(' ')).toContain(
			'counts as received on Wednesday 1 April 2026'
		);
	});
});

describe('what is due', () => {
	it.each<[string, FeeBasis, string, number]>([
		['outline, 0.61 ha: seven units', basis('outline-dwellings', 6.1), '2025-05-12', 4_445],
		['outline, 0.50 ha: five units', basis('outline-dwellings', 5), '2025-05-12', 2_940],
		['outline, 2.6 ha: base and one more', basis('outline-dwellings', 26), '2025-05-12', 15_884],
		['nine homes', basis('dwellings', 9), '2025-05-12', 9 * 588],
		['ten homes', basis('dwellings', 10), '2025-05-12', 6_350],
		['fifty homes', basis('dwellings', 50), '2025-05-12', 50 * 635],
		['fifty-one homes', basis('dwellings', 51), '2025-05-12', 31_385 + 189],
		['the highest fee', basis('dwellings', 5_000), '2025-05-12', 411_885],
		['nine homes before April 2025', basis('dwellings', 9), '2025-03-31', 9 * 578],
		['a home from April 2026', basis('dwellings', 1), '2026-04-01', 610],
		['a change of use from April 2026', basis('change-of-use'), '2026-04-01', 610],
		['Class MA, three homes', basis('prior-approval-class-ma', 3), '2025-06-02', 750],
		[
			'Class MA, one home, half a pound rounded up',
			basis('prior-approval-class-ma', 1),
			'2026-06-01',
			260
		],
		['larger home extension', basis('prior-approval'), '2025-06-02', 240],
		['proposed use: half', basis('householder-one', null, { share: 'half' }), '2025-06-02', 264],
		[
			'a parish council: half',
			basis('householder-one', null, { reduction: 'parishCouncil' }),
			'2025-06-02',
			264
		],
		[
			'a disabled person’s access: nothing',
			basis('householder-one', null, { exemption: 'disability' }),
			'2025-06-02',
			0
		],
		['listed building consent: nothing', basis('listed-building'), '2025-06-02', 0],
		['section 73, major', basis('section-73-major'), '2025-06-02', 2_000]
	])('%s', (_, of, on, pounds) => {
		expect(due(of, on)).toBe(pounds * 100);
	});

	it('alternatives cost the highest and half of the others', () => {
		const of: FeeBasis = {
			...basis('change-of-use'),
			parts: [
				{ head: 'change-of-use', quantity: null },
				{ head: 'dwellings', quantity: 2 }
			],
			alternatives: true
		};
		expect(due(of, '2025-06-02')).toBe((2 * 588 + 588 / 2) * 100);
	});

	it.each<[string, FeeBasis, string, RegExp]>([
		[
			'nobody knows the category',
			{ ...basis('other'), parts: [] },
			'2025-06-02',
			/Choose the category/
		],
		[
			'no figure is established',
			basis('reserved-matters'),
			'2025-06-02',
			/a person says what is due/
		],
		[
			'the day is before the tables begin',
			basis('householder-one'),
			'2023-12-05',
			/No fee of Tuesday 5 December 2023/
		],
		['nobody knows how many', basis('dwellings', null), '2025-06-02', /how many dwellings/],
		['there are fewer than one', basis('dwellings', -1), '2025-06-02', /how many dwellings/],
		[
			'the free go has ended',
			basis('householder-one', null, { exemption: 'resubmission' }),
			'2025-06-02',
			/not available/
		]
	])('needs a person when %s', (_, of, on, why) => {
		const reckoning = reckonFee(of, on);
		expect(reckoning.due).toBeNull();
		expect(reckoning.asks.join(' ')).toMatch(why);
		expect(compareFee(reckoning, 10_000).is).toBe('needs-person');
	});

	it('a sports club’s flat sum is not guessed', () => {
		expect(due(basis('householder-one'), '2025-06-02', [], ['sports'])).toBeNull();
	});

	it('a council’s own fee counts from its own day, and not before', () => {
		const own = councilRates(
			councilFees.parse([
				{
					head: 'council-charge',
					from: '2026-09-01',
					pounds: 120,
					source: 'Charges of the council'
				},
				{
					head: 'dwellings',
					from: '2026-09-01',
					bands: [
						{ upTo: 9, base: 0, each: 700, over: 0 },
						{ upTo: null, base: 6_300, each: 500, over: 9 }
					],
					most: 50_000,
					source: 'Fees of the council'
				}
			])
		);
		expect(due(basis('council-charge'), '2026-09-01', own)).toBe(12_000);
		expect(due(basis('council-charge'), '2026-08-31', own)).toBeNull();
		expect(due(basis('dwellings', 2), '2026-09-01', own)).toBe(140_000);
		expect(due(basis('dwellings', 11), '2026-09-01', own)).toBe(730_000);
		expect(due(basis('dwellings', 900), '2026-09-01', own)).toBe(5_000_000);
		expect(due(basis('dwellings', 2), '2026-08-31', own)).toBe(122_000);
	});

	it.each([
		[{ pounds: -1 }, /pounds/],
		[{}, /either pounds/],
		[{ bands: [{ upTo: 5, base: 1, each: 0, over: 0 }] }, /without an end/]
	])('a council’s fee with a fault is refused: %j', (over, why) => {
		const given = [{ head: 'other', from: '2026-09-01', source: 'x', ...over }];
		expect(JSON.stringify(councilFees.safeParse(given).error?.issues)).toMatch(why);
	});
});

describe('every figure', () => {
	it('carries its standing, and one that nobody has checked is named', () => {
		expect(reckonFee(basis('householder-boundary'), '2026-06-01').unverified).toHaveLength(1);
		expect(reckonFee(basis('householder-one'), '2026-06-01').unverified).toEqual([]);
		expect(reckonFee(basis('change-of-use'), '2024-06-03').unverified).toHaveLength(1);
	});

	it('the lines add up to what is due, and part of a unit costs as much as a whole one', () => {
		const scaled = feeHeadNames.filter((name) => feeHeads[name].unit !== 'none');
		fc.assert(
			fc.property(
				fc.constantFrom(...scaled),
				fc.integer({ min: 1, max: 3_000 }),
				fc.constantFrom('2025-04-01', '2026-03-31', '2026-04-01'),
				(head, quantity, on) => {
					const less = reckonFee(basis(head, quantity), on);
					expect(less.lines.reduce((sum, { pence }) => sum + pence, 0)).toBe(less.due);
					expect(reckonFee(basis(head, quantity - 0.4), on).due).toBe(less.due);
				}
			)
		);
	});
});

describe('compared with what was paid', () => {
	const reckoned = reckonFee(basis('householder-one'), '2025-06-02');
	it.each([
		[52_800, 'right', '£528 is due and was paid.'],
		[25_800, 'underpaid', '£270 is missing'],
		[60_000, 'overpaid', '£72 is to be paid back'],
		[null, 'needs-person', 'nothing shows what was paid']
	] as const)('%s pence', (paid, is, words) => {
		const compared = compareFee(reckoned, paid);
		expect(compared.is).toBe(is);
		expect(compared.sentence).toContain(words);
	});

	it('nothing is due and nothing was paid', () => {
		expect(compareFee(reckonFee(basis('listed-building'), '2025-06-02'), null).is).toBe('right');
	});

	it('an unverified figure makes nobody’s application invalid', () => {
		const compared = compareFee(reckonFee(basis('householder-boundary'), '2026-06-01'), 26_200);
		expect(compared.is).toBe('needs-person');
		expect(compared.sentence).toContain('not verified');
	});
});
