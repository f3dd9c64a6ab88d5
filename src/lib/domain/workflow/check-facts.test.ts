import { expect, test } from 'vitest';
import { noFacts, type CaseFacts } from './case-facts.ts';
import { warningsOf, whyNotThisFact } from './check-facts.ts';
import { factValueWords } from './fact-words.ts';

const of = { today: '2026-03-10', receivedOn: '2026-03-02' };
const ownership = (over: Partial<NonNullable<CaseFacts['ownership']>>) => ({
	certificate: 'a' as const,
	noticeOn: null,
	newspaperOn: null,
	note: '',
	...over
});
const gain = (over: Partial<NonNullable<CaseFacts['biodiversity']>>) => ({
	applies: true,
	exemption: null,
	value: 12.5,
	valueOn: '2026-03-02',
	earlierReason: '',
	metricOn: '2023-11-01',
	degraded: false,
	irreplaceable: false,
	note: '',
	...over
});

test.each([
	['certificate A alone', ownership({}), null],
	['A with a notice', ownership({ noticeOn: '2026-02-01' }), /Certificate A says/],
	['B without a notice', ownership({ certificate: 'b' }), /Certificate B needs the day/],
	['B with a notice', ownership({ certificate: 'b', noticeOn: '2026-02-01' }), null],
	[
		'B given notice tomorrow',
		ownership({ certificate: 'b', noticeOn: '2026-03-11' }),
		/in the future/
	],
	[
		'C without a newspaper',
		ownership({ certificate: 'c', noticeOn: '2026-02-01', note: 'Asked' }),
		/newspaper/
	],
	[
		'C without the steps taken',
		ownership({ certificate: 'c', noticeOn: '2026-02-01', newspaperOn: '2026-02-01' }),
		/steps/
	],
	[
		'D in a newspaper',
		ownership({ certificate: 'd', newspaperOn: '2026-02-01', note: 'Land Registry' }),
		null
	],
	['D without a newspaper', ownership({ certificate: 'd', note: 'Land Registry' }), /newspaper/],
	['no certificate', ownership({ certificate: 'none' }), null]
])('an ownership certificate is checked: %s', (_, value, expected) => {
	const said = whyNotThisFact('ownership', value, of);
	if (expected === null) expect(said).toBeNull();
	else expect(said).toMatch(expected);
});

test.each([
	['complete', gain({}), null],
	['no value', gain({ value: null }), /Give the biodiversity value/],
	['less than nothing', gain({ value: -1 }), /less than nothing/],
	['no day of the value', gain({ valueOn: null }), /day of the biodiversity value/],
	['no metric', gain({ metricOn: null }), /metric used was published/],
	['an earlier day with no reason', gain({ valueOn: '2026-01-15' }), /say why an earlier day/],
	[
		'an earlier day with its reason',
		gain({ valueOn: '2026-01-15', earlierReason: 'Cleared' }),
		null
	],
	['a day to come', gain({ valueOn: '2026-03-11' }), /in the future/],
	['both', gain({ exemption: 'de-minimis' }), /exemption is chosen/],
	['exempt, no reason', gain({ applies: false }), /Choose why/],
	['exempt, with its reason', gain({ applies: false, exemption: 'self-build' }), null]
])('biodiversity net gain is checked: %s', (_, value, expected) => {
	const said = whyNotThisFact('biodiversity', value, of);
	if (expected === null) expect(said).toBeNull();
	else expect(said).toMatch(expected);
});

test('a screening opinion has its day, and tenants given notice have theirs', () => {
	const eia = { outcome: 'screened-out' as const, screenedOn: null, note: '' };
	expect(whyNotThisFact('eia', eia, of)).toMatch(/day of the screening opinion/);
	expect(whyNotThisFact('eia', { ...eia, screenedOn: '2026-04-01' }, of)).toMatch(/future/);
	expect(whyNotThisFact('eia', { ...eia, screenedOn: '2026-02-01' }, of)).toBeNull();
	const told = { holding: 'notified' as const, noticeOn: null, note: '' };
	expect(whyNotThisFact('agriculture', told, of)).toMatch(/tenants were given notice/);
	expect(
		whyNotThisFact('agriculture', { holding: 'none', noticeOn: '2026-02-01', note: '' }, of)
	).toMatch(/no tenant was given notice/);
	expect(whyNotThisFact('eia', null, of)).toBeNull();
});

test('a notice shows the day before which nothing may be decided', () => {
	const facts = {
		...noFacts('c'),
		ownership: ownership({ certificate: 'b', noticeOn: '2026-03-05' })
	};
	expect(warningsOf(facts, of)).toEqual([
		expect.stringContaining('a later day than the application was received'),
		expect.stringContaining('Not to be decided before 2026-03-26')
	]);
});

test('a fact is said in words', () => {
	expect(factValueWords('ownership', ownership({ certificate: 'b', noticeOn: '2026-03-05' }))).toBe(
		'Certificate B: every other owner is known and was given notice; last notice given on 2026-03-05'
	);
	expect(factValueWords('biodiversity', gain({ applies: false, exemption: 'hs2' }))).toBe(
		'Exempt: High Speed Railway (HS2)'
	);
	expect(factValueWords('developmentType', 'Q21')).toBe('Q21: Householder development');
});
