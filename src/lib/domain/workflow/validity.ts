import { z } from 'zod';
import { actOfEvent } from '../case-status.ts';
import { inWords } from '../clock/calendar-day.ts';
import { calendarDate, words } from '../primitives.ts';
import { shownChecks } from '../validation/checks-state.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { TimelineEvent } from '../timeline-event.ts';
import { invalidReason, whyNotThisReason } from './invalid-reason.ts';
import { lastAct } from './last-act.ts';
import { taskTree, type CaseRecords, type TaskInTree } from './task-tree.ts';
import { validFrom } from './valid-from.ts';

/** What an officer saw and chose when deciding whether an application is valid. */
export const validityDecision = z.strictObject({
	/** the event of the last such decision that was on screen; null when there was none */
	base: z.string().max(100).nullable(),
	/** why it is invalid; empty where it is valid */
	reasons: z.array(invalidReason).max(60),
	/** how each task stood on screen: `fee: done` */
	shown: z.array(words(200)).max(100),
	/** the day that the working gave; null where it gave none */
	proposedFrom: calendarDate.nullable(),
	working: z.array(words(500)).max(20),
	/** how each check came out on screen; absent from devices that had none */
	checks: shownChecks.optional()
});
export type ValidityDecision = z.infer<typeof validityDecision>;

export interface AsDecided {
	act: 'validate' | 'invalidate';
	effectiveOn: string;
	reason: string;
	validity?: ValidityDecision | undefined;
}

/** The event that last decided on validity; undefined when nobody has. */
export const lastDecision = (events: readonly TimelineEvent[]): TimelineEvent | undefined =>
	lastAct(events, 'validate', 'invalidate');

/** Why the decision may not be recorded, said as exactly as can be; null when it may. */
export function whyNotThisDecision(
	decided: AsDecided,
	records: CaseRecords,
	nameOf: (by: string) => string
): Refusal | null {
	const last = lastDecision(records.events);
	if (decided.validity !== undefined && decided.validity.base !== (last?.id ?? null))
		return refuse(
			'changed-meanwhile',
			last === undefined ? undefined : decisionWords(last, nameOf)
		);
	return decided.act === 'validate'
		? whyNotValid(decided, records)
		: whyNotInvalid(decided, records);
}

/** “Sam Cole decided that it is valid from 3 March 2026.” */
export const decisionWords = (
	{ type, by, effectiveOn }: TimelineEvent,
	nameOf: (by: string) => string
): string =>
	`${nameOf(by)} decided that it is ${actOfEvent(type) === 'validate' ? 'valid' : 'invalid'} from ${inWords(effectiveOn ?? '')}.`;

/** Checks of this case that say that something is not right, or are disputed: they stand in the way of "valid". */
export const inTheWay = (records: CaseRecords): TaskInTree[] =>
	taskTree(records)
		.filter(({ stage }) => stage === 'validate')
		.flatMap(({ tasks }) => tasks)
		.filter(({ state }) => state === 'action-required');

function whyNotValid({ effectiveOn, reason, validity }: AsDecided, records: CaseRecords) {
	const found = inTheWay(records);
	if (found.length > 0)
		return refuse(
			'check-not-right',
			found.map(({ task, reason: why }) => `${task.words}: ${why}`).join(' ')
		);
	if (validity === undefined) return null;
	const { on } = validFrom(records);
	if (effectiveOn === on || reason.trim() !== '') return null;
	return refuse(
		'reason-missing',
		on === null
			? 'Say what arrived on that day, and made the application complete.'
			: `Say why it is valid from ${inWords(effectiveOn)}, and not from ${inWords(on)}.`
	);
}

function whyNotInvalid({ validity }: AsDecided, records: CaseRecords): Refusal | null {
	if (validity === undefined || validity.reasons.length === 0) return refuse('basis-missing');
	for (const one of validity.reasons) {
		const wrong = whyNotThisReason(one, records.case.receivedOn);
		if (wrong !== null) return refuse('basis-missing', wrong);
	}
	return null;
}
