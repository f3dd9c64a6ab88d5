import { z } from 'zod';
import { applicationType, decisionSets } from '#lib/domain/application-type.ts';
import {
	caseAct,
	caseActNames,
	caseStatusWords,
	isInProgress,
	standing,
	statusAfter,
	type CaseActName,
	type Standing
} from '#lib/domain/case-status.ts';
import { afterAct, factsOf } from '#lib/domain/clock/clock-facts.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import { calendarDate, words } from '#lib/domain/primitives.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import {
	decisionWords,
	lastDecision,
	validityDecision,
	type ValidityDecision,
	whyNotThisDecision
} from '#lib/domain/workflow/validity.ts';
import type { CaseFile } from '../case-file.ts';
import { caseRecords } from '../case-records.ts';
import { defineCommand, type Context } from '../command.ts';
import { happened } from '../timeline.ts';

const payload = z.strictObject({
	act: z.enum(caseActNames),
	/** the day it takes effect; a committee's may lie ahead */
	effectiveOn: calendarDate,
	/** printed and kept; may be empty where the act asks for none */
	reason: words(4_000),
	/** code of the decision, where the act names one */
	decision: words(60).optional(),
	/** what was seen and chosen when deciding on validity */
	validity: validityDecision.optional()
});
type ActPayload = z.infer<typeof payload>;

/** Moves a case on: makes it valid, recommends, signs off, determines, ends it, opens it again. */
export const recordAct = defineCommand({
	name: 'record-act',
	sort: 'act',
	permission: ({ act }) => caseAct(act).permission,
	offline: ({ act }) => caseAct(act).offline,
	payload,
	run(file, done, context) {
		const planningCase = file.case;
		if (planningCase === undefined) return refuse('case-unknown');
		const so = standing(file.all('event'));
		const refusal =
			whyNotNow(done, file, so, context) ??
			whyNotThisDay(done, planningCase, so, context) ??
			whyNotSo(done, planningCase) ??
			whyNotDecidedSo(done, file, context) ??
			whyNotThisPerson(done, so, context) ??
			(done.act === 'determine' ? whyNotDetermined(done, file, so) : null);
		if (refusal !== null) return refusal;
		const status = statusAfter(done.act, planningCase.status, so.beforeEnd);
		const facts = factsOf(file.caseId, file.get('clock', file.caseId), file.all('event'));
		const moved = afterAct(facts, done.act, done.effectiveOn);
		return {
			changes: [
				...(moved === facts ? [] : [{ kind: 'clock' as const, record: moved }]),
				{ kind: 'case', record: { ...planningCase, status } },
				happened(
					context,
					caseAct(done.act).event,
					{
						from: planningCase.status,
						to: status,
						step: so.steps + 1,
						...(done.reason === '' ? {} : { reason: done.reason }),
						...(caseAct(done.act).decision && done.decision !== undefined
							? { decision: done.decision }
							: {}),
						...(isOfValidity(done.act) && done.validity !== undefined
							? { validity: asRecorded(done.validity) }
							: {})
					},
					done.effectiveOn
				)
			]
		};
	}
});

/** Whether the case is where this act starts from; said as exactly as can be. */
function whyNotNow(
	{ act, validity }: ActPayload,
	file: CaseFile,
	so: Standing,
	context: Context
): Refusal | null {
	const status = file.case?.status ?? 'received';
	const waiting = status === 'received' || status === 'invalid';
	if (!caseAct(act).from.includes(status)) {
		if (waiting && (act === 'recommend' || act === 'determine')) return refuse('not-valid-yet');
		if (isInProgress(status) && (act === 'sign-off' || act === 'determine'))
			return refuse('no-recommendation');
		const decided = isOfValidity(act) ? lastDecision(file.all('event')) : undefined;
		if (decided !== undefined && validity !== undefined && validity.base !== decided.id)
			return refuse('changed-meanwhile', decisionWords(decided, nameIn(context)));
		return refuse('act-not-open', `It is at: ${caseStatusWords[status]}.`);
	}
	if (act === 'sign-off') {
		if (so.recommendation === null) return refuse('no-recommendation');
		if (so.recommendation.signedOffBy !== null)
			return refuse('act-not-open', 'The recommendation is signed off already.');
	}
	return null;
}

const isOfValidity = (act: CaseActName): act is 'validate' | 'invalidate' =>
	act === 'validate' || act === 'invalidate';

const nameIn =
	({ officers }: Context) =>
	(by: string): string =>
		officers.get(by)?.name ?? by;

/** Whether the case may be made valid, or invalid for these reasons, over what is recorded of it. */
function whyNotDecidedSo(done: ActPayload, file: CaseFile, context: Context): Refusal | null {
	const { act } = done;
	const records = caseRecords(file);
	return isOfValidity(act) && records !== null
		? whyNotThisDecision({ ...done, act }, records, nameIn(context))
		: null;
}

function whyNotThisDay(
	{ act, effectiveOn }: ActPayload,
	{ receivedOn }: PlanningCase,
	{ validFrom }: Standing,
	{ today }: Context
): Refusal | null {
	if (effectiveOn > today && !caseAct(act).mayBeAhead) return refuse('date-in-future');
	if (effectiveOn < receivedOn) return refuse('date-before-received');
	if (act === 'determine' && validFrom !== null && effectiveOn < validFrom)
		return refuse('not-valid-yet', 'The date is before the day it became valid.');
	return null;
}

/** Whether the reason and the decision that the act asks for are there. */
function whyNotSo({ act, reason, decision }: ActPayload, { applicationType: code }: PlanningCase) {
	const { reason: needsReason, decision: needsDecision } = caseAct(act);
	if (needsReason && reason.trim() === '') return refuse('reason-missing');
	if (!needsDecision) return null;
	const decisions = applicationType(code)?.decisions ?? decisionSets.permission;
	return decision !== undefined && Object.hasOwn(decisions, decision)
		? null
		: refuse('value-not-accepted', `Choose one of: ${Object.values(decisions).join(', ')}.`);
}

function whyNotThisPerson({ act }: ActPayload, so: Standing, { envelope }: Context) {
	return act === 'sign-off' && so.recommendation?.by === envelope.actor
		? refuse('same-person')
		: null;
}

/**
 * A determination stands on a recommendation that somebody else has signed off, or on the
 * committee's resolution upon one, and on values that nobody disputes.
 */
function whyNotDetermined({ decision }: ActPayload, file: CaseFile, so: Standing): Refusal | null {
	if (file.all('conflict').some((one) => one.blocksDecision && one.resolved === null))
		return refuse('conflict-open');
	if (so.recommendation === null) return refuse('no-recommendation');
	if (so.recommendation.signedOffBy === null) return refuse('not-signed-off');
	if (decision === so.recommendation.decision && so.resolution === null) return null;
	const refusing = decision === 'refused';
	const resolved = so.resolution === (refusing ? 'resolve-to-refuse' : 'resolve-to-grant');
	return resolved
		? null
		: refuse(
				'not-signed-off',
				so.resolution === null
					? 'The decision is not the one that was signed off.'
					: 'The decision is not the one the committee resolved.'
			);
}

/** As the timeline keeps it: a device that showed no checks says nothing of them. */
function asRecorded({ checks, ...validity }: ValidityDecision) {
	return checks === undefined ? validity : { ...validity, checks };
}
