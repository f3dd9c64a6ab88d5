import { z } from 'zod';
import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { clockFacts } from '#lib/domain/clock/clock-facts.ts';
import { inTwoSteps } from '#lib/domain/clock/which-period.ts';
import { words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { clockCase } from './clock-case.ts';

const answer = clockFacts.shape.approvalRequired;

/** Agriculture, forestry, demolition: the council has told the applicant whether prior approval is required. */
export const recordApprovalRequired = defineCommand({
	name: 'record-approval-required',
	sort: 'act',
	permission: 'assess-case',
	offline: true,
	payload: z.strictObject({
		/** the answer the officer saw */
		from: answer,
		to: answer,
		/** how and when they were told; may be empty */
		reason: words(2_000)
	}),
	run(file, { from, to, reason }, context) {
		const one = clockCase(file);
		if (one === null) return refuse('case-unknown');
		if (!isInProgress(one.status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[one.status]}.`);
		if (!inTwoSteps(one.applicationType))
			return refuse('value-not-accepted', 'This type is not decided in two steps.');
		if (one.facts.approvalRequired === to) return { changes: [] };
		if (one.facts.approvalRequired !== from) return refuse('changed-meanwhile');
		return {
			changes: [
				{ kind: 'clock', record: { ...one.facts, approvalRequired: to } },
				happened(context, 'approval-required-recorded', {
					before: from,
					after: to,
					...(reason === '' ? {} : { reason })
				})
			]
		};
	}
});
