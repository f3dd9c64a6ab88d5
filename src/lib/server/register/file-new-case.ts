import { suffixOf } from '#lib/domain/application-type.ts';
import { formatReference } from '#lib/domain/reference.ts';
import type { NewCase } from '#lib/commands/case/file-case.ts';
import type { RegisterParts } from './register-parts.ts';
import { issuedNumber } from './schema.ts';

/** The number before the first that a council gives out. */
const beforeFirst = 99;

/**
 * Gives a new case the council's next number, inside the transaction that files it.
 * A reference that came with it (another system's) stays as an earlier form.
 */
export function issueReference(
	parts: RegisterParts,
	made: NewCase
): NewCase & {
	case: { reference: string };
} {
	if (parts.counters.value('case-number') < beforeFirst)
		parts.counters.set('case-number', beforeFirst);
	const number = parts.counters.raise('case-number');
	const suffix = suffixOf(made.case.applicationType);
	const year = Number(made.case.receivedOn.slice(0, 4));
	const reference = formatReference({ year, number, suffix });
	parts.connection.orm
		.insert(issuedNumber)
		.values({ number, reference, caseId: made.case.id })
		.run();
	const { reference: earlier, previousReferences } = made.case;
	return {
		...made,
		case: {
			...made.case,
			reference,
			previousReferences:
				earlier === null || previousReferences.includes(earlier)
					? previousReferences
					: [earlier, ...previousReferences]
		}
	};
}
