import { z } from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';

/** Keeps a case on all devices of this officer, or stops keeping it. */
export const pinCase = defineCommand({
	name: 'pin-case',
	sort: 'act',
	permission: 'pin-case',
	offline: true,
	payload: z.strictObject({ active: z.boolean() }),
	run(file, { active }, { envelope }) {
		if (file.case === undefined) return refuse('case-unknown');
		return {
			changes: [
				{
					kind: 'pin',
					record: {
						id: `${envelope.actor}:${file.caseId}`,
						caseId: file.caseId,
						officerId: envelope.actor,
						pinnedAt: envelope.captured.wall,
						active,
						writers: {}
					}
				}
			]
		};
	}
});
