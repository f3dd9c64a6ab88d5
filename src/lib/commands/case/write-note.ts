import { z } from 'zod';
import { id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Words an officer wrote down, on a visit or on the case. */
export const writeNote = defineCommand({
	name: 'write-note',
	sort: 'capture',
	permission: 'write-note',
	offline: true,
	payload: z.strictObject({ id, visitId: id.nullable(), text: words(20_000).min(1) }),
	run(file, note, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('note', note.id) !== undefined) return { changes: [] };
		const { envelope } = context;
		return {
			changes: [
				{
					kind: 'note',
					record: {
						...note,
						caseId: file.caseId,
						writtenBy: envelope.actor,
						writtenAt: envelope.captured.wall,
						withdrawn: null,
						writers: {}
					}
				},
				happened(context, 'note-written', { note: note.id, visit: note.visitId })
			]
		};
	}
});
