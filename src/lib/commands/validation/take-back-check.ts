import { z } from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { saidOfCheck, standingAnswer, whyNoAnswers } from './check-words.ts';

/** What was said of a check counts no more: it is as the rule finds it again. */
export const takeBackCheck = defineCommand({
	name: 'take-back-check',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: z.strictObject({ rule: saidOfCheck.shape.rule, base: z.string().max(100) }),
	run(file, { rule, base }, context) {
		const refusal = whyNoAnswers(file);
		if (refusal !== null) return refusal;
		const standing = standingAnswer(file, rule);
		if (standing === undefined) return refuse('record-unknown');
		if (standing.value === null) return refuse('already-withdrawn');
		if (standing.writers['value'] !== base) return refuse('changed-meanwhile', rule);
		const { says, reason } = standing.value;
		const writers = { ...standing.writers, value: context.envelope.id };
		return {
			changes: [
				{ kind: 'check', record: { ...standing, value: null, writers } },
				happened(context, 'check-answer-withdrawn', { rule, says, reason })
			]
		};
	}
});
