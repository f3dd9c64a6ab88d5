import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { visitOutcome } from '#lib/domain/visit.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** The officer leaves the site, and says how it went. Captures that come later still belong to the visit. */
export const finishVisit = defineCommand({
	name: 'finish-visit',
	sort: 'act',
	permission: 'record-visit',
	offline: true,
	payload: z.strictObject({ id, outcome: visitOutcome }),
	run(file, { id: visitId, outcome }, context) {
		const visit = file.get('visit', visitId);
		if (visit === undefined) return refuse('record-unknown');
		const finishedAt = context.envelope.captured.wall;
		if (visit.state === 'finished' || visit.state === 'cancelled') return refuse('visit-over');
		if (visit.state !== 'started') return refuse('visit-not-started');
		return {
			changes: [
				{ kind: 'visit', record: { ...visit, state: 'finished', finishedAt, outcome } },
				happened(context, 'visit-finished', { visit: visitId, outcome })
			]
		};
	}
});
