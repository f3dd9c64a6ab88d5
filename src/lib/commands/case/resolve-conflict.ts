import { z } from 'zod';
import { editableField, type EditableKind } from '#lib/domain/editable-fields.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { nowStanding, sameValue } from './disagreement.ts';

/** An officer has seen both values of a conflict and says which holds, or writes a third. */
export const resolveConflict = defineCommand({
	name: 'resolve-conflict',
	sort: 'act',
	permission: 'choose-value',
	offline: true,
	payload: z.strictObject({
		conflictId: z.string(),
		chose: z.enum(['standing', 'second', 'other']),
		/** the value that holds from now on, as the officer saw it when choosing */
		value: z.json()
	}),
	run(file, { conflictId, chose, value }, context) {
		const conflict = file.get('conflict', conflictId);
		if (conflict === undefined) return refuse('record-unknown');
		const { envelope } = context;
		const record = file.get(conflict.kind as EditableKind, conflict.recordId);
		if (record === undefined) return refuse('record-unknown');
		if (conflict.resolved !== null) return refuse('already-resolved');
		const rule = editableField(conflict.kind, conflict.field);
		if (rule === null || !rule.schema.safeParse(value).success)
			return refuse('value-not-accepted', rule?.words);
		if (chose !== 'other' && !sameValue(value, conflict[chose].value))
			return refuse('changed-meanwhile');
		const wrote = {
			value,
			command: envelope.id,
			by: envelope.actor,
			at: envelope.captured.wall
		};
		return {
			changes: [
				...nowStanding(file, conflict, wrote, conflict.id),
				{
					kind: 'conflict',
					record: {
						...conflict,
						resolved: { by: envelope.actor, at: envelope.captured.wall, chose }
					}
				},
				{
					kind: conflict.kind,
					record: {
						...record,
						[conflict.field]: value,
						writers: { ...record.writers, [conflict.field]: envelope.id }
					}
				} as unknown as TypedRecord,
				happened(context, 'conflict-resolved', {
					conflict: conflictId,
					field: conflict.field,
					chose,
					value,
					standing: conflict.standing.value,
					second: conflict.second.value
				})
			]
		};
	}
});
