import { z } from 'zod';
import { calendarDate, id, instant, words, writers } from '../primitives.ts';
import { actOfEvent, type CaseActName } from '../case-status.ts';
import type { TimelineEvent } from '../timeline-event.ts';

const withdrawn = z.strictObject({ by: id, at: instant, reason: z.string() }).nullable();

/** More time, agreed in writing. Never changed and never removed: a mistake is withdrawn, and stays to be read. */
export const agreement = z.strictObject({
	/** id of the command that recorded it */
	id: z.string(),
	kind: z.enum(['extension', 'performance-agreement']),
	/** the day on which it was agreed in writing */
	agreedOn: calendarDate,
	/** the last day for the decision */
	until: calendarDate,
	/** with whom and where that is written */
	words: words(2_000),
	recordedBy: z.string(),
	/** the last day for the decision as it stood before this; null where no clock was running */
	insteadOf: calendarDate.nullable(),
	withdrawn
});
export type Agreement = z.infer<typeof agreement>;

export const publicityKinds = ['site-notice', 'neighbour-notice', 'newspaper'] as const;

/** One act of publicity: where its period begins. */
export const publicity = z.strictObject({
	/** id of the command that recorded it */
	id: z.string(),
	kind: z.enum(publicityKinds),
	/** the day it was first displayed, served or published */
	on: calendarDate,
	words: words(2_000),
	recordedBy: z.string(),
	withdrawn
});
export type Publicity = z.infer<typeof publicity>;

/**
 * What the clocks of a case count from: one record a case, changed by acts only. An unrelated edit
 * cannot move a date, because none is kept here that could be computed.
 */
export const clockFacts = z.strictObject({
	/** the case's id */
	id,
	caseId: id,
	/** as `validate` last said */
	validFrom: calendarDate.nullable(),
	/** as `invalidate` last said */
	invalidFrom: calendarDate.nullable(),
	decidedOn: calendarDate.nullable(),
	/** prior approval: the day on which everything the class asks for had arrived, or that it has not */
	requiredInformation: z.union([calendarDate, z.literal('outstanding')]).nullable(),
	/** prior approval in two steps: whether the council has said that approval is required; null: nothing said */
	approvalRequired: z.boolean().nullable(),
	/** in the order in which the register recorded them */
	agreements: z.array(agreement),
	publicity: z.array(publicity),
	writers
});
export type ClockFacts = z.infer<typeof clockFacts>;

export const noFacts = (caseId: string): ClockFacts => ({
	id: caseId,
	caseId,
	validFrom: null,
	invalidFrom: null,
	decidedOn: null,
	requiredInformation: null,
	approvalRequired: null,
	agreements: [],
	publicity: [],
	writers: {}
});

/** The facts after an act that moves the case; the same object when it changes none. */
export function afterAct(facts: ClockFacts, act: CaseActName, on: string): ClockFacts {
	switch (act) {
		case 'validate':
			return { ...facts, validFrom: on };
		case 'invalidate':
			return { ...facts, invalidFrom: on, validFrom: null };
		case 'determine':
			return { ...facts, decidedOn: on };
		case 'quash':
			return { ...facts, decidedOn: null };
		default:
			return facts;
	}
}

/**
 * The facts of a case: its record, or, for a case whose last act is older than that record's
 * kind, what its timeline says.
 */
export function factsOf(
	caseId: string,
	record: ClockFacts | undefined,
	events: readonly TimelineEvent[]
): ClockFacts {
	if (record !== undefined) return record;
	return events
		.flatMap((event) => {
			const act = actOfEvent(event.type);
			return act === null ? [] : [{ act, event }];
		})
		.toSorted((a, b) => Number(a.event.detail['step'] ?? 0) - Number(b.event.detail['step'] ?? 0))
		.reduce(
			(facts, { act, event }) => afterAct(facts, act, event.effectiveOn ?? ''),
			noFacts(caseId)
		);
}

/** The agreement that holds: the one agreed last, and of one day the one recorded last. */
export const agreementInForce = (
	agreements: readonly Agreement[],
	counts: (one: Agreement) => boolean = () => true
): Agreement | null =>
	agreements
		.filter((one) => one.withdrawn === null && counts(one))
		.reduce<Agreement | null>(
			(best, one) => (best === null || one.agreedOn >= best.agreedOn ? one : best),
			null
		);

/** Agreed when the time had already run out. */
export const isLate = (one: Agreement): boolean =>
	one.insteadOf !== null && one.agreedOn > one.insteadOf;
