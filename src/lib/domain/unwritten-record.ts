import type { RecordKind, TypedRecord } from './records.ts';
import { noFacts } from './workflow/case-facts.ts';
import { findingId, noFinding } from './workflow/finding.ts';

/**
 * A record that every case has, though nobody has written to it yet: its id follows from the case,
 * so that two officers who begin it apart write to one. Undefined for any other.
 */
export function unwrittenRecord(
	kind: RecordKind,
	id: string,
	caseId: string
): TypedRecord['record'] | undefined {
	if (kind === 'facts' && id === caseId) return noFacts(caseId);
	if (kind !== 'finding') return undefined;
	const task = id.slice(caseId.length + 1);
	return /^[a-z-]{1,60}$/.test(task) && id === findingId(caseId, task)
		? noFinding(caseId, task)
		: undefined;
}
