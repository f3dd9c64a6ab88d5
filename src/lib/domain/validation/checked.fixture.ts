import { heldCase, type Sent } from '#lib/domain/proposal/held-case.fixture.ts';
import { checkAnswerId, type CheckAnswer } from './check-answer.ts';
import type { LocalList } from './local-list.ts';
import { runChecks, type CheckResult, type Looked } from './run-checks.ts';

/** For tests: a complete householder application, looked at on the day after it was made. */

export interface Case extends Sent, Partial<Omit<Looked, 'answers' | 'lists'>> {
	/** changes to what the device holds, after the mapper */
	held?: (held: ReturnType<typeof heldCase>) => ReturnType<typeof heldCase>;
	list?: LocalList;
	answers?: CheckAnswer[];
}

export const aList = (over: Partial<LocalList> = {}): LocalList => ({
	council: 'LBH',
	title: 'Local list of validation requirements',
	adoptedOn: '2025-06-01',
	url: 'https://planning.example.gov.uk/local-list',
	requirements: [
		{
			reference: 'affordable-housing-statement',
			name: 'Affordable housing statement',
			description: '',
			source: 'Local Plan policy H2',
			requiredIf: { field: 'dwelling-count', operator: '>=', value: 10 }
		},
		{
			reference: 'flood-risk-assessment',
			name: 'Flood risk assessment',
			description: '',
			source: '',
			requiredIf: null
		}
	],
	...over
});

export function check({ held = (one) => one, ...one }: Case = {}): CheckResult[] {
	return runChecks(held(heldCase(one)), {
		today: one.today ?? '2026-03-03',
		council: one.council ?? { name: 'Lambeth' },
		lists: one.list === undefined ? [] : [one.list],
		fee: one.fee ?? null,
		others: one.others ?? null,
		answers: one.answers ?? []
	});
}

export const result = (id: string, one: Case = {}): CheckResult | undefined =>
	check(one).find((each) => each.id === id);

export const anAnswer = (
	{ id, seen }: Pick<CheckResult, 'id' | 'seen'>,
	says: 'met' | 'not-met' | 'not-needed',
	over: Partial<NonNullable<CheckAnswer['value']>> = {}
): CheckAnswer => ({
	id: checkAnswerId('00000000-0000-4000-8000-000000000001', id),
	caseId: '00000000-0000-4000-8000-000000000001',
	rule: id,
	value: {
		says,
		overrides: false,
		reason: '',
		seen,
		by: 'officer',
		on: '2026-03-03',
		...over
	},
	writers: {}
});
