import { z } from 'zod';
import { id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Takes a photograph, measurement or note back: it stays, struck through, with who and why. */
export const withdrawCapture = defineCommand({
	name: 'withdraw-capture',
	sort: 'act',
	permission: 'record-visit',
	offline: true,
	payload: z.strictObject({
		kind: z.enum(['photo', 'measurement', 'note']),
		id,
		reason: words(1_000).min(1)
	}),
	run(file, { kind, id: recordId, reason }, context) {
		const record = file.get(kind, recordId);
		if (record === undefined) return refuse('record-unknown');
		const by = context.envelope.actor;
		const at = context.envelope.captured.wall;
		if (record.withdrawn !== null) return refuse('already-withdrawn');
		return {
			changes: [
				{ kind, record: { ...record, withdrawn: { by, at, reason } } } as TypedRecord,
				happened(context, 'capture-withdrawn', { kind, id: recordId, reason })
			]
		};
	}
});
