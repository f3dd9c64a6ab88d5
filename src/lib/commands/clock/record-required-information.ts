import { z } from 'zod';
import { applicationType } from '#lib/domain/application-type.ts';
import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { clockFacts } from '#lib/domain/clock/clock-facts.ts';
import { words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { clockCase } from './clock-case.ts';

const answer = clockFacts.shape.requiredInformation;

/** Prior approval: on which day everything the class requires had arrived. The clock counts from it. */
export const recordRequiredInformation = defineCommand({
	name: 'record-required-information',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: z.strictObject({
		/** the answer the officer saw */
		from: answer,
		to: answer,
		/** what arrived then, or what is missing; may be empty */
		reason: words(2_000)
	}),
	run(file, { from, to, reason }, context) {
		const one = clockCase(file);
		if (one === null) return refuse('case-unknown');
		const { status, receivedOn, facts } = one;
		if (!isInProgress(status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[status]}.`);
		const type = applicationType(one.applicationType);
		if (type?.period?.basis !== 'required information received')
			return refuse('value-not-accepted', 'Only prior approval counts from this day.');
		if (to !== null && to !== 'outstanding') {
			if (to > context.today) return refuse('date-in-future');
			if (to < receivedOn) return refuse('date-before-received');
		}
		if (facts.requiredInformation === to) return { changes: [] };
		if (facts.requiredInformation !== from) return refuse('changed-meanwhile');
		return {
			changes: [
				{ kind: 'clock', record: { ...facts, requiredInformation: to } },
				happened(
					context,
					'required-information-recorded',
					{ before: from, after: to, ...(reason === '' ? {} : { reason }) },
					to === 'outstanding' ? null : to
				)
			]
		};
	}
});
