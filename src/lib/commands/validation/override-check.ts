import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { answered, saidOfCheck, whyNoAnswers } from './check-words.ts';

/** An officer says otherwise than a rule found, and why. What was found stays to be seen. */
export const overrideCheck = defineCommand({
	name: 'override-check',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: saidOfCheck,
	run(file, said, context) {
		const refusal = whyNoAnswers(file);
		if (refusal !== null) return refusal;
		if (said.reason.trim() === '') return refuse('reason-missing');
		const record = answered(file, said, true, context);
		if (record === null) return { changes: [] };
		if (isRefusal(record)) return record;
		const { rule, says, reason } = said;
		return {
			changes: [
				{ kind: 'check', record },
				happened(context, 'check-overridden', { rule, says, reason: reason.trim() })
			]
		};
	}
});
