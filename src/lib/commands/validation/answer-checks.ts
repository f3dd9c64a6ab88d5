import { z } from 'zod';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { answered, saidOfCheck, whyNoAnswers } from './check-words.ts';

/**
 * An officer has looked at what only a person can say: one check, or all that they saw at once.
 * Either every answer goes in or, where somebody else has answered one otherwise, none does.
 */
export const answerChecks = defineCommand({
	name: 'answer-checks',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: z.strictObject({ answers: z.array(saidOfCheck).min(1).max(100) }),
	run(file, { answers }, context) {
		const refusal = whyNoAnswers(file);
		if (refusal !== null) return refusal;
		const changes: TypedRecord[] = [];
		const told = [];
		for (const one of answers) {
			if (one.says === 'not-met' && one.reason.trim() === '')
				return refuse('reason-missing', 'Say what is not met, so that the letter can.');
			const record = answered(file, one, false, context);
			if (record === null) continue;
			if (isRefusal(record)) return record;
			changes.push({ kind: 'check', record });
			told.push({ rule: one.rule, says: one.says, reason: one.reason.trim() });
		}
		return {
			changes:
				changes.length === 0
					? []
					: [...changes, happened(context, 'checks-answered', { answers: told })]
		};
	}
});
