import { z } from 'zod';
import { editableField, editableFields, type EditableKind } from '#lib/domain/editable-fields.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { unwrittenRecord } from '#lib/domain/unwritten-record.ts';
import type { FactsOf } from '#lib/domain/workflow/check-facts.ts';
import type { Writers } from '#lib/domain/primitives.ts';
import { defineCommand } from '../command.ts';
import type { Outcome } from '../envelope.ts';
import { happened } from '../timeline.ts';
import { disagreement, nowStanding, sameValue, seenWriter, type Json } from './disagreement.ts';

/** `base`: id of the command that wrote the value this author saw, null when nobody had edited it. */
const edit = z.strictObject({ base: z.string().nullable(), value: z.json() });

const kinds = Object.keys(editableFields) as [EditableKind, ...EditableKind[]];

/** Sets fields of one record. Each field stands alone: one may conflict while the others go in. */
export const editRecord = defineCommand({
	name: 'edit-record',
	sort: 'edit',
	permission: 'edit-case',
	offline: true,
	payload: z.strictObject({
		kind: z.enum(kinds),
		id: z.string(),
		fields: z.record(z.string(), edit).refine((fields) => Object.keys(fields).length > 0)
	}),
	run(file, { kind, id, fields }, context) {
		const { case: planningCase } = file;
		const record =
			file.get(kind, id) ??
			(planningCase === undefined ? undefined : unwrittenRecord(kind, id, file.caseId));
		if (record === undefined) return refuse('record-unknown');
		const refusal = firstRefusal(kind, fields, {
			today: context.today,
			receivedOn: planningCase?.receivedOn ?? context.today
		});
		if (refusal !== null) return refusal;

		const values: Record<string, Json> = { ...(record as unknown as Record<string, Json>) };
		const writers: Writers = { ...record.writers };
		const conflicts: TypedRecord[] = [];
		const before: Record<string, Json> = {};
		const after: Record<string, Json> = {};
		const agreed: Record<string, string> = {};
		let outcome: Extract<Outcome, 'applied' | 'merged' | 'conflict'> = 'applied';

		for (const [field, { base, value }] of Object.entries(fields)) {
			const writer = writers[field] ?? null;
			const standing = values[field] ?? null;
			if (writer === seenWriter(file, field, base)) {
				before[field] = standing;
				after[field] = value;
				values[field] = value;
				writers[field] = context.envelope.id;
			} else if (sameValue(standing, value)) {
				// both wrote the same: whoever saw either value has seen the other
				if (writer !== null) agreed[field] = writer;
				if (outcome === 'applied') outcome = 'merged';
			} else if (editableField(kind, field)?.merge === 'set') {
				const united = unite(standing, value);
				before[field] = standing;
				after[field] = united;
				values[field] = united;
				writers[field] = context.envelope.id;
				if (outcome === 'applied') outcome = 'merged';
			} else {
				conflicts.push(
					disagreement(file, context, { kind, id, field, base, value, standing, writer })
				);
				outcome = 'conflict';
			}
		}
		const changes: TypedRecord[] = [...conflicts];
		if (Object.keys(after).length > 0)
			changes.push({ kind, record: { ...values, writers } } as unknown as TypedRecord);
		const { id: command, actor: by, captured } = context.envelope;
		for (const [field, value] of Object.entries(after)) {
			const place = { kind, recordId: id, field };
			changes.push(...nowStanding(file, place, { value, command, by, at: captured.wall }));
		}
		changes.push(
			happened(context, conflicts.length > 0 ? 'edit-conflict' : 'edited', {
				kind,
				id,
				before,
				after,
				conflicts: conflicts.map((one) => one.record.id),
				...(Object.keys(agreed).length > 0 ? { agreed } : {})
			})
		);
		return { changes, outcome };
	}
});

function firstRefusal(
	kind: string,
	fields: Record<string, { value: Json }>,
	of: FactsOf
): Refusal | null {
	for (const [field, { value }] of Object.entries(fields)) {
		const rule = editableField(kind, field);
		if (rule === null) return refuse('field-not-editable', `${kind}.${field}`);
		if (!rule.schema.safeParse(value).success) return refuse('value-not-accepted', rule.words);
		const wrong = rule.whyNot?.(value, of) ?? null;
		if (wrong !== null) return refuse('value-not-accepted', wrong);
	}
	return null;
}

/** Add wins over remove: what stands, then what the second edit added. */
const unite = (standing: Json, value: Json): Json =>
	Array.isArray(standing) && Array.isArray(value)
		? [...standing, ...value.filter((one) => !standing.some((other) => sameValue(one, other)))]
		: value;
