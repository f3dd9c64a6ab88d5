import { describe, expect, test } from 'vitest';
import { isListInDate } from '#lib/domain/workflow/invalid-reason.ts';
import { aList, anAnswer, check, result, type Case } from './checked.fixture.ts';

const inFlood: Case = {
	data: {
		property: {
			planning: {
				designations: [{ value: 'flood.zoneThree', description: 'Zone 3', intersects: true }]
			}
		}
	}
};

describe('what can make an application invalid', () => {
	test('national policy alone warns; the same document on a local list in date fails', () => {
		expect(result('V33', inFlood)).toMatchObject({
			outcome: 'warn',
			basis: { kind: 'national-guidance' }
		});
		expect(result('V33', { ...inFlood, list: aList() })).toMatchObject({
			outcome: 'fail',
			downgraded: null,
			basis: { kind: 'local-list', adoptedOn: '2025-06-01' }
		});
	});

	test('a local list older than two years becomes advice, and says so', () => {
		const found = result('V33', { ...inFlood, list: aList({ adoptedOn: '2024-03-01' }) });
		expect(found).toMatchObject({
			outcome: 'advice',
			downgraded:
				'The local list was adopted on 2024-03-01, more than two years before the application was made on 2026-03-02: it counts as advice.'
		});
	});

	test('an old list does not weaken statute', () => {
		const list = aList({ adoptedOn: '2020-01-01' });
		expect(result('V20', { files: [['locationPlan']], list })?.outcome).toBe('fail');
	});

	test.each([
		['2024-03-02', '2026-03-02', true],
		['2024-03-01', '2026-03-02', false],
		['2024-02-29', '2026-02-28', true],
		['2024-02-29', '2026-03-01', false],
		['2026-03-03', '2026-03-02', false]
	])('a list adopted on %s, an application of %s: in date is %s', (adopted, made, inDate) => {
		expect(isListInDate(adopted, made)).toBe(inDate);
	});

	test('no advice rule fails, however it comes out', () => {
		for (const one of check({
			files: [['locationPlan']],
			list: aList({ adoptedOn: '2019-01-01' })
		}))
			if (one.outcome === 'fail') expect(['statute']).toContain(one.basis.kind);
	});
});

describe('documents are searched before anything is missing', () => {
	test('a drainage strategy within the flood risk assessment is looked for there', () => {
		const list = aList({
			requirements: [
				{
					reference: 'sustainable-drainage-strategy',
					name: 'Sustainable drainage strategy',
					description: '',
					source: '',
					requiredIf: { always: true }
				}
			]
		});
		const found = result('V36:sustainable-drainage-strategy', {
			list,
			files: [{ name: 'Flood Risk and Drainage Strategy.pdf', tags: ['floodRiskAssessment'] }]
		});
		expect(found).toMatchObject({ outcome: 'ask' });
		expect(found?.says).toMatch(/It may be within another document/);
		expect(found?.evidence).toMatchObject([
			{ kind: 'document', name: 'Flood Risk and Drainage Strategy.pdf' }
		]);
	});

	test('a location plan sent under a tag that says nothing is looked at, not missing', () => {
		const found = result('V10', {
			files: [{ name: 'scan0001.pdf', tags: ['otherDocument'] }],
			over: { boundary: null }
		});
		expect(found).toMatchObject({ outcome: 'ask', evidence: [{ name: 'scan0001.pdf' }] });
	});

	test('a council’s own requirement is sought by its name', () => {
		const list = aList({
			requirements: [
				{
					reference: 'bin-store-plan',
					name: 'Bin store plan',
					description: '',
					source: '',
					requiredIf: { always: true }
				}
			]
		});
		const sent = {
			list,
			files: [{ name: 'BIN-STORE_PLAN rev A.pdf', tags: ['sitePlan.proposed'] }]
		};
		expect(result('V36:bin-store-plan', sent)?.outcome).toBe('ask');
		expect(result('V36:bin-store-plan', { list })?.outcome).toBe('fail');
	});
});

describe('an officer’s word', () => {
	const asked = () => {
		const found = result('V11');
		if (found === undefined) throw new Error('V11 does not apply');
		return found;
	};

	test('settles what only a person can say', () => {
		expect(asked().outcome).toBe('ask');
		expect(result('V11', { answers: [anAnswer(asked(), 'met')] })?.outcome).toBe('pass');
		expect(result('V11', { answers: [anAnswer(asked(), 'not-met')] })).toMatchObject({
			outcome: 'fail',
			computed: 'ask'
		});
	});

	test('no longer covers a plan that was replaced', () => {
		const replaced = result('V11', {
			answers: [anAnswer(asked(), 'met')],
			held: (held) => ({
				...held,
				documents: held.documents.map((one) => ({ ...one, sha256: 'b'.repeat(64) }))
			})
		});
		expect(replaced).toMatchObject({ outcome: 'ask', stale: true });
	});

	test('overrides what was found, and what was found stays to be seen', () => {
		const missing: Case = { files: [['locationPlan']] };
		const found = result('V20', missing);
		if (found === undefined) throw new Error('V20 does not apply');
		const answers = [anAnswer(found, 'not-needed', { overrides: true, reason: 'On sheet 2' })];
		expect(result('V20', { ...missing, answers })).toMatchObject({
			outcome: 'pass',
			computed: 'fail',
			answer: { value: { reason: 'On sheet 2' } }
		});
	});

	test('cannot make advice into a reason', () => {
		const found = result('V13');
		if (found === undefined) throw new Error('V13 does not apply');
		expect(result('V13', { answers: [anAnswer(found, 'not-met')] })?.outcome).toBe('advice');
	});

	test('taken back, it counts no more', () => {
		const answers = [{ ...anAnswer(asked(), 'met'), value: null }];
		expect(result('V11', { answers })?.outcome).toBe('ask');
	});
});

test('two runs over the same case give the same results', () => {
	expect(check()).toEqual(check());
});

test('a paper case with nothing but an address is run, and asks', () => {
	const results = check({
		held: (held) => ({ ...held, submission: null, people: [], documents: [], constraints: [] }),
		over: { boundary: null, point: null }
	});
	expect(results.find(({ id }) => id === 'V05')?.outcome).toBe('ask');
	expect(results.find(({ id }) => id === 'V14')?.outcome).toBe('fail');
});
