import type { z } from 'zod';
import type { Conflict } from '#lib/domain/conflict.ts';
import { editableField, type EditableKind } from '#lib/domain/editable-fields.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { CaseFile } from '../case-file.ts';
import type { Context } from '../command.ts';

export type Json = z.infer<ReturnType<typeof z.json>>;

/**
 * Whose value an author saw. Where their own earlier edit brought a value that stood already,
 * nothing was written under its name: they saw the value of whoever had written it.
 */
export function seenWriter(file: CaseFile, field: string, base: string | null): string | null {
	const agreed = base === null ? undefined : file.get('event', base)?.detail['agreed'];
	if (typeof agreed !== 'object' || agreed === null || Array.isArray(agreed)) return base;
	const writer = Object.hasOwn(agreed, field) ? agreed[field] : undefined;
	return typeof writer === 'string' ? writer : base;
}

/** The open conflicts about a field, brought up to date with the value that stands from now on. */
export function nowStanding(
	file: CaseFile,
	{ kind, recordId, field }: Pick<Conflict, 'kind' | 'recordId' | 'field'>,
	standing: Conflict['standing'],
	except?: string
): TypedRecord[] {
	return file
		.all('conflict')
		.filter(
			(one) =>
				one.resolved === null &&
				one.id !== except &&
				one.kind === kind &&
				one.recordId === recordId &&
				one.field === field
		)
		.map((one) => ({ kind: 'conflict', record: { ...one, standing } }));
}

export interface Disagreement {
	kind: EditableKind;
	id: string;
	field: string;
	base: string | null;
	value: Json;
	standing: Json;
	writer: string | null;
}

/**
 * The conflict record for an edit that came second. An edit made on top of its author's
 * own unresolved second value joins that conflict instead of making another.
 */
export function disagreement(file: CaseFile, context: Context, found: Disagreement): TypedRecord {
	const second: Conflict['second'] = {
		value: found.value,
		command: context.envelope.id,
		by: context.envelope.actor,
		at: context.envelope.captured.wall
	};
	const earlier = file
		.all('conflict')
		.find(
			(one) =>
				one.resolved === null &&
				one.kind === found.kind &&
				one.recordId === found.id &&
				one.field === found.field &&
				one.second.command === found.base
		);
	if (earlier !== undefined) return { kind: 'conflict', record: { ...earlier, second } };
	const wrote = file.get('event', found.writer ?? '');
	return {
		kind: 'conflict',
		record: {
			id: `${context.envelope.id}:${found.field}`,
			caseId: file.caseId,
			kind: found.kind,
			recordId: found.id,
			field: found.field,
			standing: {
				value: found.standing,
				command: found.writer ?? '',
				by: wrote?.by ?? 'system',
				at: wrote?.at ?? null
			},
			second,
			blocksDecision: editableField(found.kind, found.field)?.merge === 'statutory',
			resolved: null,
			writers: {}
		}
	};
}

/** The same value, whatever order its members were written in. */
export function sameValue(a: Json, b: Json): boolean {
	if (Array.isArray(a) && Array.isArray(b))
		return a.length === b.length && a.every((one, index) => sameValue(one, b[index] ?? null));
	if (isMembers(a) && isMembers(b)) {
		const keys = Object.keys(a);
		return (
			keys.length === Object.keys(b).length &&
			keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key] ?? null))
		);
	}
	return a === b;
}

const isMembers = (value: Json): value is Record<string, Json> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
