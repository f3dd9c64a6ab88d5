import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Envelope } from '#lib/commands/envelope.ts';
import type { Json } from '#lib/commands/case/disagreement.ts';
import { happened } from '#lib/commands/timeline.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { EditableKind } from '#lib/domain/editable-fields.ts';

interface EditPayload {
	kind: EditableKind;
	id: string;
	fields: Record<string, { base: string | null; value: Json }>;
}

export interface PlacedEdit {
	/** the edit with the fields that still count; null when none does */
	still: Envelope | null;
	/** fields of which a later writer stands, with the values that give way */
	gaveWay: Record<string, Json>;
}

/**
 * An edit that this register had accepted and lost, sent again after a restore. What it was based on
 * may not be back yet, so its place in the lost history decides for each field: over an older
 * writer it is applied, under a newer one it is history only (`superseded`).
 *
 * @param placeOf the original place of the command that wrote what stands now
 */
export function placeRestoredEdit(
	file: CaseFile,
	envelope: Envelope,
	originalSeq: number,
	placeOf: (commandId: string) => number
): PlacedEdit {
	const { kind, id, fields } = envelope.payload as unknown as EditPayload;
	const record = file.get(kind, id);
	if (record === undefined) return { still: envelope, gaveWay: {} };
	const gaveWay: PlacedEdit['gaveWay'] = {};
	const still = Object.entries(fields).flatMap(([field, edit]) => {
		const writer = record.writers[field] ?? null;
		if (writer === edit.base) return [[field, edit] as const];
		if (writer !== null && placeOf(writer) > originalSeq) {
			gaveWay[field] = edit.value;
			return [];
		}
		return [[field, { ...edit, base: writer }] as const];
	});
	if (still.length === 0) return { still: null, gaveWay };
	const payload = { kind, id, fields: Object.fromEntries(still) } as Envelope['payload'];
	return { still: { ...envelope, payload }, gaveWay };
}

/** What is written of an edit that is history only: its words, on the timeline. */
export function supersededEdit(
	file: CaseFile,
	envelope: Envelope,
	gaveWay: PlacedEdit['gaveWay']
): TypedRecord[] {
	if (file.get('event', envelope.id) !== undefined) return [];
	const { kind, id } = envelope.payload as unknown as EditPayload;
	return [happened({ envelope }, 'edit-superseded', { kind, id, superseded: gaveWay })];
}

/** The words of the fields that gave way, beside what the rest of the edit did. */
export const besideThoseThatGaveWay = (
	changes: readonly TypedRecord[],
	{ id }: Envelope,
	gaveWay: PlacedEdit['gaveWay']
): TypedRecord[] =>
	changes.map((change) =>
		change.kind === 'event' && change.record.id === id
			? {
					...change,
					record: { ...change.record, detail: { ...change.record.detail, superseded: gaveWay } }
				}
			: change
	);
