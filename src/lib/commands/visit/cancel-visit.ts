import { z } from 'zod';
import { id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** A planned visit will not happen. It stays on the timeline with its reason. */
export const cancelVisit = defineCommand({
	name: 'cancel-visit',
	sort: 'act',
	permission: 'record-visit',
	offline: true,
	payload: z.strictObject({ id, reason: words(1_000).min(1) }),
	run(file, { id: visitId, reason }, context) {
		const visit = file.get('visit', visitId);
		if (visit === undefined) return refuse('record-unknown');
		if (visit.state === 'cancelled') return { changes: [] };
		if (visit.state !== 'planned') return refuse('visit-already-started');
		return {
			changes: [
				{ kind: 'visit', record: { ...visit, state: 'cancelled' } },
				happened(context, 'visit-cancelled', { visit: visitId, reason })
			]
		};
	}
});
