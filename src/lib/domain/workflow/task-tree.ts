import type { CaseDocument } from '../case-document.ts';
import { isInProgress, standing, type Standing } from '../case-status.ts';
import type { ChecksState } from '../validation/checks-state.ts';
import type { Conflict } from '../conflict.ts';
import type { PlanningCase } from '../planning-case.ts';
import type { SiteConstraint } from '../site-constraint.ts';
import type { TimelineEvent } from '../timeline-event.ts';
import type { Visit } from '../visit.ts';
import { noFacts, type CaseFacts, type FactName } from './case-facts.ts';
import { findingId, type Finding } from './finding.ts';
import { stages, type Stage } from './stages.ts';
import { subjectNow, subjectWords, type TaskSubject } from './task-subject.ts';
import { tasks, type Task } from './tasks.ts';
import { isInRange } from './type-range.ts';

export const taskStateWords = {
	'not-started': 'Not started',
	'in-progress': 'In progress',
	done: 'Done',
	'cannot-start': 'Cannot start yet',
	'action-required': 'Action required'
} as const;
export type TaskState = keyof typeof taskStateWords;

export interface TaskInTree {
	task: Task;
	state: TaskState;
	/** why it is so, as a sentence */
	reason: string;
}

/** The records of a case that its tasks are derived from. */
export interface CaseRecords {
	case: PlanningCase;
	facts: CaseFacts | undefined;
	findings: readonly Finding[];
	documents: readonly CaseDocument[];
	constraints: readonly SiteConstraint[];
	visits: readonly Visit[];
	events: readonly TimelineEvent[];
	conflicts: readonly Conflict[];
	/** how the rules come out; null where they have not been run */
	checks: ChecksState | null;
}

type State = Omit<TaskInTree, 'task'>;
const is = (state: TaskState, reason: string): State => ({ state, reason });

/** Every task of a case, stage by stage, each with how it stands and why. Stages with no task are left out. */
export function taskTree(records: CaseRecords): { stage: Stage; tasks: TaskInTree[] }[] {
	const so = standing(records.events);
	const mine = tasks.filter(
		({ types, when }) =>
			isInRange(records.case.applicationType, types) && (when === undefined || so.status === when)
	);
	return stages
		.map((stage) => ({
			stage,
			tasks: mine
				.filter((task) => task.stage === stage)
				.map((task) => ({ task, ...stateOf(task, records, so) }))
		}))
		.filter(({ tasks: some }) => some.length > 0);
}

/** How one task of a case stands. */
export function stateOf(task: Task, records: CaseRecords, so: Standing): State {
	if (task.done.by === 'validity') return ofValidity(so);
	const found = ofTask(task, records, so);
	if (found.state !== 'not-started') return found;
	if (!isInProgress(so.status)) return is('cannot-start', 'The case has ended.');
	return hasBegun(task.stage, so) ? found : is('cannot-start', whyNotBegun(task.stage));
}

function hasBegun(stage: Stage, so: Standing): boolean {
	if (stage === 'validate') return true;
	if (stage === 'review' || stage === 'decide') return so.recommendation !== null;
	return so.validFrom !== null && so.status !== 'invalid';
}

const whyNotBegun = (stage: Stage): string =>
	stage === 'review' || stage === 'decide'
		? 'No decision has been recommended yet.'
		: 'The application has not been made valid.';

function ofTask({ slug, done, optional }: Task, records: CaseRecords, so: Standing): State {
	switch (done.by) {
		case 'fact':
			return ofFact(done.fact, records);
		case 'finding':
			return ofFinding(slug, done.subject, optional === true, records);
		case 'checks':
			return ofChecks(records.checks);
		case 'visits':
			return ofVisits(records.visits);
		case 'recommendation':
			return ofRecommendation(so);
		case 'sign-off':
			return so.recommendation?.signedOffBy == null
				? is('not-started', 'It waits for a reviewer.')
				: is('done', 'The recommendation is signed off.');
		case 'decision':
			return so.decision === null
				? is('not-started', 'It waits for the decision.')
				: is('done', `Determined on ${so.decision.on}.`);
		case 'validity':
			return ofValidity(so);
	}
}

function ofValidity(so: Standing): State {
	if (so.status === 'invalid')
		return is('in-progress', 'It is invalid, and waits for what is missing.');
	if (so.validFrom !== null) return is('done', `Valid from ${so.validFrom}.`);
	return isInProgress(so.status)
		? is('not-started', 'Nobody has decided.')
		: is('cannot-start', 'The case has ended.');
}

function ofFact(fact: FactName, records: CaseRecords): State {
	if (isDisputed(records.conflicts, 'facts', records.case.id, fact))
		return is('action-required', 'Two officers recorded different answers: choose one.');
	const facts = records.facts ?? noFacts(records.case.id);
	return facts[fact] === null ? is('not-started', 'Nothing is recorded.') : is('done', 'Recorded.');
}

function ofFinding(
	slug: string,
	subject: TaskSubject | undefined,
	optional: boolean,
	records: CaseRecords
): State {
	const id = findingId(records.case.id, slug);
	if (isDisputed(records.conflicts, 'finding', id, 'value'))
		return is('action-required', 'Two officers found different things: choose one.');
	const value = records.findings.find((one) => one.id === id)?.value ?? null;
	if (value === null)
		return is('not-started', optional ? 'May be left out.' : 'Nothing is recorded.');
	if (value.outcome === null) return is('in-progress', 'Begun, and not decided.');
	if (subject !== undefined && value.seen !== subjectNow(subject, records))
		return is('action-required', subjectWords[subject]);
	if (value.outcome === 'not-right') return is('action-required', `Not right: ${value.note}`);
	return is('done', value.outcome === 'right' ? 'Found right.' : 'Not needed for this case.');
}

function ofChecks(checks: ChecksState | null): State {
	if (checks === null) return is('not-started', 'Open the checks to see how they stand.');
	if (checks.state === 'settled') return is('done', checks.says);
	return is(checks.state === 'failing' ? 'action-required' : 'not-started', checks.says);
}

function ofVisits(visits: readonly Visit[]): State {
	const held = visits.filter(({ state }) => state !== 'cancelled');
	if (held.some(({ state }) => state === 'started'))
		return is('in-progress', 'A visit is under way.');
	if (held.some(({ state }) => state === 'planned'))
		return is('in-progress', 'A visit is planned.');
	const finished = held.filter(({ state }) => state === 'finished');
	if (finished.some(({ outcome }) => outcome === 'completed'))
		return is('done', 'The site has been visited.');
	return finished.length > 0
		? is('action-required', 'The site could not be seen: plan another visit.')
		: is('not-started', 'No visit is planned.');
}

function ofRecommendation(so: Standing): State {
	if (so.status === 'to-be-reviewed')
		return is('action-required', 'The reviewer has asked for corrections.');
	return so.recommendation === null
		? is('not-started', 'Nothing is recommended.')
		: is('done', 'A decision is recommended.');
}

const isDisputed = (
	conflicts: readonly Conflict[],
	kind: string,
	recordId: string,
	field: string
): boolean =>
	conflicts.some(
		(one) =>
			one.resolved === null && one.kind === kind && one.recordId === recordId && one.field === field
	);
