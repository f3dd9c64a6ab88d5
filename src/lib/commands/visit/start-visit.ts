import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** The officer is on site. A visit nobody planned starts by being planned for today. */
export const startVisit = defineCommand({
	name: 'start-visit',
	sort: 'act',
	permission: 'record-visit',
	offline: true,
	payload: z.strictObject({ id }),
	run(file, { id: visitId }, context) {
		const visit = file.get('visit', visitId);
		if (visit === undefined) return refuse('record-unknown');
		const startedAt = context.envelope.captured.wall;
		if (visit.state === 'started') return refuse('visit-already-started');
		if (visit.state !== 'planned') return refuse('visit-over');
		return {
			changes: [
				{ kind: 'visit', record: { ...visit, state: 'started', startedAt } },
				happened(context, 'visit-started', { visit: visitId })
			]
		};
	}
});
