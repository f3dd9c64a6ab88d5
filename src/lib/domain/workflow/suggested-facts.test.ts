import { expect, test } from 'vitest';
import { aCase, caseId, uuid } from '#lib/commands/one-case.fixture.ts';
import type { Person } from '../person.ts';
import type { Submission } from '../submission.ts';
import { suggestedFacts } from './suggested-facts.ts';

const submission = (ownership: Record<string, string>, cil: string | null = null): Submission => ({
	id: uuid(4, 1),
	caseId,
	sourceId: 'x',
	source: 'PlanX',
	schema: null,
	receivedAt: '2026-03-02T09:00:00.000Z',
	submittedAt: null,
	payloadSha256: '0'.repeat(64),
	userRole: null,
	fee: {
		calculated: null,
		payable: null,
		reference: null,
		categories: {},
		exemptions: [],
		reductions: []
	},
	ownership,
	cil,
	preAssessment: [],
	documentsRequired: [],
	documentsRecommended: [],
	documentsOptional: [],
	facts: [],
	answers: [],
	writers: {}
});
const owner = (noticeDate: string): Person => ({
	id: uuid(4, Number(noticeDate.slice(-2))),
	caseId,
	role: 'owner',
	name: 'An owner',
	organisation: null,
	email: null,
	phone: null,
	address: null,
	detail: { noticeDate },
	writers: {}
});

test('a householder submission says everything that has to be recorded', () => {
	const suggested = suggestedFacts({
		case: aCase(),
		submission: submission({ certificate: 'a', agriculturalTenants: 'No' }, 'notLiable'),
		people: []
	});
	expect(Object.keys(suggested).sort()).toEqual(
		[
			'agriculture',
			'biodiversity',
			'cil',
			'councilInterest',
			'developmentType',
			'eia',
			'ownership'
		].sort()
	);
	expect(suggested.ownership?.value.certificate).toBe('a');
	expect(suggested.cil?.value.liability).toBe('not-liable');
	expect(suggested.biodiversity?.value.exemption).toBe('householder');
});

test('certificate B takes the last day on which an owner was given notice', () => {
	const { ownership, agriculture } = suggestedFacts({
		case: aCase({ applicationType: 'listed' }),
		submission: submission({ certificate: 'b', agriculturalTenants: 'Yes' }),
		people: [owner('2024-04-03'), owner('2024-04-01')]
	});
	expect(ownership?.value).toMatchObject({ certificate: 'b', noticeOn: '2024-04-03' });
	expect(agriculture?.value).toMatchObject({ holding: 'notified', noticeOn: '2024-04-03' });
});

test('what the submission does not say is not made up', () => {
	const suggested = suggestedFacts({
		case: aCase({ applicationType: 'pp.full.minor' }),
		submission: submission({ certificate: 'no idea' }, 'something else'),
		people: []
	});
	expect(Object.keys(suggested)).toEqual(['councilInterest']);
	expect(
		suggestedFacts({
			case: aCase({ applicationType: 'pp.full.minor' }),
			submission: undefined,
			people: []
		})
	).toEqual({});
});

test('a relief from the levy is kept in its own words', () => {
	expect(
		suggestedFacts({ case: aCase(), submission: submission({}, 'exempt.selfBuild'), people: [] })
			.cil?.value
	).toEqual({ liability: 'exempt', note: 'exempt.selfBuild' });
});
