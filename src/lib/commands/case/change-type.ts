import { z } from 'zod';
import { applicationType, suffixOf } from '#lib/domain/application-type.ts';
import { caseStatusWords, type CaseStatus } from '#lib/domain/case-status.ts';
import { words } from '#lib/domain/primitives.ts';
import { withSuffix } from '#lib/domain/reference.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** A recommendation names a decision of the case's type, so the type is settled before one is made. */
const open: readonly CaseStatus[] = ['received', 'invalid', 'in-assessment', 'to-be-reviewed'];

/**
 * The application turns out to be of another type. The reference keeps its year and number,
 * its suffix follows the type, and the case is still found by every earlier form.
 */
export const changeType = defineCommand({
	name: 'change-type',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: z.strictObject({
		/** the type the officer saw */
		from: z.string().max(100),
		to: z.string().max(100),
		reason: words(2_000)
	}),
	run(file, { from, to, reason }, context) {
		const { case: planningCase } = file;
		if (planningCase === undefined) return refuse('case-unknown');
		if (!open.includes(planningCase.status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[planningCase.status]}.`);
		if (planningCase.applicationType !== from) return refuse('changed-meanwhile');
		if (applicationType(to)?.current !== true)
			return refuse('value-not-accepted', 'It is not an application type in use.');
		if (reason.trim() === '') return refuse('reason-missing');
		if (to === from) return { changes: [] };
		const { reference: before, previousReferences } = planningCase;
		const reference = before === null ? null : withSuffix(before, suffixOf(to));
		const earlier = before === null ? previousReferences : [before, ...previousReferences];
		return {
			changes: [
				{
					kind: 'case',
					record: {
						...planningCase,
						applicationType: to,
						reference,
						previousReferences: [...new Set(earlier)].filter((one) => one !== reference)
					}
				},
				happened(context, 'type-changed', { from, to, before, reference, reason })
			]
		};
	}
});
