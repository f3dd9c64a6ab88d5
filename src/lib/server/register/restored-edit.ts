import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Envelope } from '#lib/commands/envelope.ts';
import type { EditableKind } from '#lib/domain/editable-fields.ts';

interface EditPayload {
	kind: EditableKind;
	id: string;
	fields: Record<string, { base: string | null; value: unknown }>;
}

/**
 * An edit that this register had accepted and lost, sent again after a restore. What it was based on
 * may not be back yet, so its place in the lost history decides for each field: over an older
 * writer it is applied, under a newer one it is history only (`superseded`).
 *
 * @param placeOf the original place of the command that wrote what stands now
 * @returns the edit with the fields that still count, or null when none does
 */
export function placeRestoredEdit(
	file: CaseFile,
	envelope: Envelope,
	originalSeq: number,
	placeOf: (commandId: string) => number
): Envelope | null {
	const { kind, id, fields } = envelope.payload as unknown as EditPayload;
	const record = file.get(kind, id);
	if (record === undefined) return envelope;
	const still = Object.entries(fields).flatMap(([field, edit]) => {
		const writer = record.writers[field] ?? null;
		if (writer === edit.base) return [[field, edit] as const];
		if (writer !== null && placeOf(writer) > originalSeq) return [];
		return [[field, { ...edit, base: writer }] as const];
	});
	if (still.length === 0) return null;
	return {
		...envelope,
		payload: { kind, id, fields: Object.fromEntries(still) } as Envelope['payload']
	};
}
