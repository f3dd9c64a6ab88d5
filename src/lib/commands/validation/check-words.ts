import { z } from 'zod';
import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { words } from '#lib/domain/primitives.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import {
	checkAnswer,
	checkAnswerId,
	officersWords,
	type CheckAnswer
} from '#lib/domain/validation/check-answer.ts';
import type { CaseFile } from '../case-file.ts';
import type { Context } from '../command.ts';

/** What the commands on checks share: which answer the officer saw, and writing the next. */

/** `base`: id of the command whose answer the officer saw, null when there was none. */
export const saidOfCheck = z.strictObject({
	rule: checkAnswer.shape.rule,
	says: z.enum(Object.keys(officersWords) as [keyof typeof officersWords]),
	reason: words(4_000),
	/** the result's name for what was to be seen (run-checks.ts) */
	seen: z.string().min(1).max(64),
	base: z.string().max(100).nullable()
});
export type SaidOfCheck = z.infer<typeof saidOfCheck>;

/** Why checks of this case can be neither answered nor taken back; null when they can. */
export function whyNoAnswers(file: CaseFile): Refusal | null {
	const { case: planningCase } = file;
	if (planningCase === undefined) return refuse('case-unknown');
	return isInProgress(planningCase.status)
		? null
		: refuse('act-not-open', `It is at: ${caseStatusWords[planningCase.status]}.`);
}

export const standingAnswer = (file: CaseFile, rule: string): CheckAnswer | undefined =>
	file.get('check', checkAnswerId(file.caseId, rule));

/** The record after one thing was said; null when the same already stands; a refusal when another does. */
export function answered(
	file: CaseFile,
	{ rule, says, reason, seen, base }: SaidOfCheck,
	overrides: boolean,
	{ envelope, today }: Context
): CheckAnswer | null | Refusal {
	const standing = standingAnswer(file, rule);
	const value = { says, overrides, reason: reason.trim(), seen };
	if ((standing?.writers['value'] ?? null) !== base) {
		const now = standing?.value;
		return now?.says === says && now.seen === seen ? null : refuse('changed-meanwhile', rule);
	}
	return {
		id: checkAnswerId(file.caseId, rule),
		caseId: file.caseId,
		rule,
		value: { ...value, by: envelope.actor, on: today },
		writers: { ...standing?.writers, value: envelope.id }
	};
}
