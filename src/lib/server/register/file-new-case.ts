import { suffixOf } from '#lib/domain/application-type.ts';
import { formatReference } from '#lib/domain/reference.ts';
import type { NewCase } from '#lib/commands/case/file-case.ts';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { RegisterParts } from './register-parts.ts';
import { issuedNumber } from './schema.ts';

/** The number before the first that a council gives out. */
const beforeFirst = 99;

/**
 * Gives a new case the council's next number, inside the transaction that files it.
 * A reference that came with it (another system's) stays as an earlier form.
 */
export const issueReference = (
	parts: RegisterParts,
	made: NewCase
): NewCase & { case: { reference: string } } => ({ ...made, case: numbered(parts, made.case) });

function numbered(parts: RegisterParts, planningCase: PlanningCase) {
	if (parts.counters.value('case-number') < beforeFirst)
		parts.counters.set('case-number', beforeFirst);
	const number = parts.counters.raise('case-number');
	const suffix = suffixOf(planningCase.applicationType);
	const year = Number(planningCase.receivedOn.slice(0, 4));
	const reference = formatReference({ year, number, suffix });
	parts.connection.orm
		.insert(issuedNumber)
		.values({ number, reference, caseId: planningCase.id })
		.run();
	const { reference: earlier, previousReferences } = planningCase;
	return {
		...planningCase,
		reference,
		previousReferences:
			earlier === null || previousReferences.includes(earlier)
				? previousReferences
				: [earlier, ...previousReferences]
	};
}

/**
 * What a command wrote, with a reference for a case that it has begun without one: made on a
 * device, where there is none to give. Its provisional label stays as a form that finds it.
 */
export function withReference(
	parts: RegisterParts,
	file: CaseFile,
	changes: readonly TypedRecord[]
): readonly TypedRecord[] {
	if (file.case !== undefined) return changes;
	return changes.map((change) => {
		if (change.kind !== 'case' || change.record.reference !== null) return change;
		const record = numbered(parts, change.record);
		const { provisionalLabel: label, previousReferences } = record;
		return {
			kind: 'case',
			record: {
				...record,
				previousReferences: label === null ? previousReferences : [...previousReferences, label]
			}
		};
	});
}
