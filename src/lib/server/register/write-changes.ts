import { bearsOnLateWork } from '#lib/domain/late-work.ts';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { RecordKind, TypedRecord } from '#lib/domain/records.ts';
import type { Step } from './change-log.ts';
import type { RegisterParts } from './register-parts.ts';

/** Case files read in one transaction, so that many commands on one case read it once. */
export type OpenFiles = Map<string, CaseFile>;

export function openFile(parts: RegisterParts, files: OpenFiles, caseId: string): CaseFile {
	return files.get(caseId) ?? parts.records.caseFile(caseId);
}

/** A record's id is already the id of something on another case. */
export class RecordOfAnotherCase extends Error {
	override name = 'RecordOfAnotherCase';
}

/** Writes records with all that follows from them (change rows, scopes, indexes); gives the file afterwards. */
export function writeChanges(
	parts: RegisterParts,
	file: CaseFile,
	changes: readonly TypedRecord[],
	step: Step
): CaseFile {
	const kinds = new Set<RecordKind>();
	// the case first: everything else points to it
	const ordered = [...changes].sort(
		(a, b) => Number(b.kind === 'case') - Number(a.kind === 'case')
	);
	for (const change of ordered) {
		const { id, caseId } = change.record;
		if (caseId !== file.caseId || !parts.records.put(change, step.seq))
			throw new RecordOfAnotherCase(`${change.kind} ${id}`);
		step.put(change.kind, id, caseId);
		kinds.add(change.kind);
	}
	const after = file.with(changes);
	const late = changes.some(({ kind, record }) => kind === 'event' && bearsOnLateWork(record));
	if (late || kinds.has('case') || kinds.has('visit') || kinds.has('pin'))
		parts.scopes.follow(after, parts.officers(), step);
	parts.index.follow(after, kinds);
	return after;
}
