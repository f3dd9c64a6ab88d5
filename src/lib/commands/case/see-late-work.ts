import { z } from 'zod';
import { endedBefore } from '#lib/domain/late-work.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Somebody has looked at work that arrived after the case had ended. */
export const seeLateWork = defineCommand({
	name: 'see-late-work',
	sort: 'act',
	permission: 'edit-case',
	offline: true,
	payload: z.strictObject({
		/** ids of the timeline entries of that work */
		events: z.array(z.string()).min(1).max(1000)
	}),
	run(file, { events }, context) {
		for (const id of events) {
			const event = file.get('event', id);
			if (event === undefined || endedBefore(event) === null) return refuse('record-unknown');
		}
		return { changes: [happened(context, 'late-work-seen', { events })] };
	}
});
