import { z } from 'zod';
import { calendarDate, id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Plans a visit to the site. The officer who plans it goes. */
export const planVisit = defineCommand({
	name: 'plan-visit',
	sort: 'act',
	permission: 'record-visit',
	offline: true,
	payload: z.strictObject({
		id,
		plannedFor: calendarDate,
		plannedTime: words(100),
		purpose: words(1_000),
		access: words(4_000)
	}),
	run(file, plan, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('visit', plan.id) !== undefined) return { changes: [] };
		return {
			changes: [
				{
					kind: 'visit',
					record: {
						...plan,
						caseId: file.caseId,
						officerId: context.envelope.actor,
						state: 'planned',
						startedAt: null,
						finishedAt: null,
						outcome: null,
						summary: '',
						writers: {}
					}
				},
				happened(context, 'visit-planned', { visit: plan.id }, plan.plannedFor)
			]
		};
	}
});
