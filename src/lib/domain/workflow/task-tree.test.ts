import { expect, test } from 'vitest';
import { aCase, caseId, jo, uuid } from '#lib/commands/one-case.fixture.ts';
import { applicationTypes } from '../application-type.ts';
import { caseActs, type CaseActName } from '../case-status.ts';
import type { Conflict } from '../conflict.ts';
import type { TimelineEvent } from '../timeline-event.ts';
import type { Visit } from '../visit.ts';
import type { ChecksState } from '../validation/checks-state.ts';
import { noFacts } from './case-facts.ts';
import { developmentTypesFor } from './development-type.ts';
import { findingId, noFinding, type Finding } from './finding.ts';
import { subjectNow } from './task-subject.ts';
import { taskTree, type CaseRecords } from './task-tree.ts';
import { tasks } from './tasks.ts';

const acted = (step: number, act: CaseActName, effectiveOn = '2026-03-03'): TimelineEvent => ({
	id: uuid(8, step),
	caseId,
	type: caseActs[act].event,
	at: '2026-03-03T10:00:00.000Z',
	effectiveOn,
	by: jo.id,
	device: null,
	command: 'record-act',
	detail: { step, decision: 'granted' },
	writers: {}
});
const records = (code: string, over: Partial<CaseRecords> = {}): CaseRecords => ({
	case: aCase({ applicationType: code }),
	facts: undefined,
	findings: [],
	documents: [],
	constraints: [],
	visits: [],
	events: [],
	conflicts: [],
	checks: null,
	...over
});
const slugs = (code: string) =>
	taskTree(records(code)).flatMap((stage) => stage.tasks.map(({ task }) => task.slug));
const state = (slug: string, of: CaseRecords) => {
	const found = taskTree(of)
		.flatMap((stage) => stage.tasks)
		.find(({ task }) => task.slug === slug);
	return found === undefined ? undefined : [found.state, found.reason];
};
const found = (task: string, value: Finding['value']): Finding => ({
	...noFinding(caseId, task),
	value
});

test('the checks are done when nothing fails and nothing is left to look at', () => {
	const counts = { fail: 0, ask: 0, warn: 0, advice: 0, pass: 0 };
	const of = (checks: CaseRecords['checks']) =>
		state('checks', records('pp.full.householder', { checks }))?.[0];
	const when = (come: ChecksState['state']) =>
		of({ state: come, says: 'Said.', counts, failing: [] });
	expect(when('settled')).toBe('done');
	expect(when('failing')).toBe('action-required');
	expect(when('to-look-at')).toBe('not-started');
	expect(of(null)).toBe('not-started');
});

test('trap 17: a prior approval case shows the site visit', () => {
	for (const { code, family } of applicationTypes)
		if (family === 'prior-approval') expect(slugs(code), code).toContain('site-visit');
});

test('trap 18: conditions can be added on listed building consent and reserved matters', () => {
	for (const code of [
		'listed',
		'approval.reservedMatters',
		'advertConsent',
		'wtt.consent',
		'amendment.minorMaterial',
		'pp.full.householder',
		'pa.part3.classMA'
	])
		expect(slugs(code), code).toContain('conditions');
});

test('every type, retired and unknown ones too, has tasks of its own from opening to decision', () => {
	for (const code of [...applicationTypes.map((type) => type.code), 'something.new']) {
		const its = slugs(code);
		expect(its, code).toEqual(
			expect.arrayContaining(['documents', 'boundary', 'decision', 'recommendation'])
		);
		expect(new Set(its).size, code).toBe(its.length);
	}
});

test.each([
	[
		'pp.full.householder',
		['ownership', 'agricultural-holdings', 'biodiversity', 'cil', 'eia', 'neighbours'],
		['services', 'legislation', 'tree-works']
	],
	[
		'pa.part1.classA',
		['legislation', 'classes', 'prior-matters', 'neighbours'],
		['ownership', 'biodiversity']
	],
	[
		'ldc.existing',
		['immunity', 'is-development', 'classes'],
		['consultees', 'ownership', 'conditions']
	],
	['ldc.proposed', ['is-development'], ['immunity', 'neighbours']],
	['listed', ['ownership', 'heritage', 'press-notice'], ['agricultural-holdings', 'biodiversity']],
	['wtt.consent', ['tree-works', 'owners-of-trees', 'conditions'], ['cil', 'ownership']],
	['approval.conditions', ['documents'], ['ownership', 'neighbours', 'site-notice']],
	[
		'environmentalImpact.screening',
		['opinion'],
		['site-visit', 'consultees', 'conditions', 'statement']
	],
	['environmentalImpact', ['statement', 'site-visit'], ['opinion']],
	[
		'onshoreExtractionOilAndGas.pp.working',
		['ownership', 'biodiversity', 'heads-of-terms'],
		['immunity']
	],
	['preApp', ['services', 'meeting'], ['development-type', 'cil', 'determination', 'neighbours']]
])('%s has the tasks of its kind', (code, has, hasNot) => {
	const its = slugs(code);
	expect(its).toEqual(expect.arrayContaining(has));
	for (const slug of hasNot) expect(its, slug).not.toContain(slug);
});

test('a task’s slug is fit for an address and used once', () => {
	expect(new Set(tasks.map(({ slug }) => slug)).size).toBe(tasks.length);
	for (const { slug } of tasks) expect(slug).toMatch(/^[a-z-]{1,60}$/);
});

test('what follows validity cannot start before it, and says why', () => {
	const before = records('pp.full.householder');
	expect(state('neighbours', before)).toEqual([
		'cannot-start',
		'The application has not been made valid.'
	]);
	expect(state('sign-off', before)).toEqual([
		'cannot-start',
		'No decision has been recommended yet.'
	]);
	const valid = records('pp.full.householder', { events: [acted(1, 'validate')] });
	expect(state('neighbours', valid)?.[0]).toBe('not-started');
	expect(state('decision', valid)).toEqual(['done', 'Valid from 2026-03-03.']);
	const ended = records('pp.full.householder', {
		events: [acted(1, 'validate'), acted(2, 'withdraw')]
	});
	expect(state('neighbours', ended)).toEqual(['cannot-start', 'The case has ended.']);
});

test('an invalid application waits, and its letter has a place', () => {
	const invalid = records('pp.full.householder', { events: [acted(1, 'invalidate')] });
	expect(state('decision', invalid)?.[0]).toBe('in-progress');
	expect(state('letter', invalid)?.[0]).toBe('not-started');
	expect(state('letter', records('pp.full.householder'))).toBeUndefined();
});

test('a recorded fact is done; two answers are an action', () => {
	const facts = { ...noFacts(caseId), developmentType: 'Q21' as const };
	expect(state('development-type', records('pp.full.householder', { facts }))?.[0]).toBe('done');
	const conflict: Conflict = {
		id: 'x:cil',
		caseId,
		kind: 'facts',
		recordId: caseId,
		field: 'cil',
		standing: { value: null, command: '', by: jo.id, at: null },
		second: { value: null, command: '', by: jo.id, at: null },
		blocksDecision: true,
		resolved: null,
		writers: {}
	};
	expect(state('cil', records('pp.full.householder', { facts, conflicts: [conflict] }))).toEqual([
		'action-required',
		'Two officers recorded different answers: choose one.'
	]);
});

test('a check is begun, right, not right, and open again when what it looked at has changed', () => {
	const of = records('pp.full.householder');
	const seen = subjectNow('description', of);
	const with_ = (value: Finding['value'], over: Partial<CaseRecords> = {}) =>
		state('description', { ...of, findings: [found('description', value)], ...over });
	expect(with_({ outcome: null, note: 'half', seen: '' })?.[0]).toBe('in-progress');
	expect(with_({ outcome: 'right', note: '', seen })?.[0]).toBe('done');
	expect(with_({ outcome: 'not-needed', note: '', seen })?.[0]).toBe('done');
	expect(with_({ outcome: 'not-right', note: 'Too vague', seen })).toEqual([
		'action-required',
		'Not right: Too vague'
	]);
	expect(
		with_({ outcome: 'right', note: '', seen }, { case: aCase({ description: 'Another thing' }) })
	).toEqual(['action-required', 'The description has changed since it was checked.']);
	expect(findingId(caseId, 'description')).toBe(`${caseId}:description`);
});

test('the site visit follows the visits', () => {
	const visit = (over: Partial<Visit>): Visit => ({
		id: uuid(5, 1),
		caseId,
		officerId: jo.id,
		state: 'planned',
		plannedFor: '2026-03-10',
		plannedTime: '',
		purpose: '',
		access: '',
		startedAt: null,
		finishedAt: null,
		outcome: null,
		summary: '',
		writers: {},
		...over
	});
	const of = (...visits: Visit[]) =>
		state(
			'site-visit',
			records('pa.part1.classA', { visits, events: [acted(1, 'validate')] })
		)?.[0];
	expect(of()).toBe('not-started');
	expect(of(visit({}))).toBe('in-progress');
	expect(of(visit({ state: 'cancelled' }))).toBe('not-started');
	expect(of(visit({ state: 'finished', outcome: 'no-access' }))).toBe('action-required');
	expect(of(visit({ state: 'finished', outcome: 'completed' }))).toBe('done');
});

test('the recommendation, its sign-off and the decision follow the acts', () => {
	const upTo = (...acts: CaseActName[]) =>
		records('pp.full.householder', { events: acts.map((act, n) => acted(n + 1, act)) });
	expect(state('recommendation', upTo('validate', 'recommend'))?.[0]).toBe('done');
	expect(state('recommendation', upTo('validate', 'recommend', 'request-correction'))?.[0]).toBe(
		'action-required'
	);
	expect(state('sign-off', upTo('validate', 'recommend'))?.[0]).toBe('not-started');
	expect(state('sign-off', upTo('validate', 'recommend', 'sign-off'))?.[0]).toBe('done');
	expect(state('determination', upTo('validate', 'recommend', 'sign-off', 'determine'))?.[0]).toBe(
		'done'
	);
});

test.each([
	['pp.full.householder', ['Q21']],
	['pa.part1.classA', ['PA1']],
	['pa.part1.classAA', ['PA18']],
	['listed', ['Q23', 'Q24']],
	['wtt.notice', ['Q99']],
	['ldc.proposed', ['Q26']]
])('%s counts in the returns as %j', (code, types) => {
	expect(developmentTypesFor(code)).toEqual(types);
});
