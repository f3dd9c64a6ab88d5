import type { CaseRecords } from '#lib/domain/workflow/task-tree.ts';
import type { CaseFile } from './case-file.ts';

/** The records of a file that its tasks are derived from; null before the case has been filed. */
export function caseRecords(
	file: CaseFile,
	checks: CaseRecords['checks'] = null
): CaseRecords | null {
	const { case: planningCase } = file;
	return planningCase === undefined
		? null
		: {
				case: planningCase,
				facts: file.get('facts', file.caseId),
				findings: file.all('finding'),
				documents: file.all('document'),
				constraints: file.all('constraint'),
				visits: file.all('visit'),
				events: file.all('event'),
				conflicts: file.all('conflict'),
				checks
			};
}
