import { clockCaseOf } from '#lib/domain/clock/clock-case.ts';
import type { ClockCase } from '#lib/domain/clock/clock.ts';
import type { CaseFile } from '../case-file.ts';

/** What the clocks of a case are counted from, out of its file; null before it has been filed. */
export const clockCase = (file: CaseFile): ClockCase | null =>
	file.case === undefined
		? null
		: clockCaseOf(file.case, {
				clock: file.get('clock', file.caseId),
				facts: file.get('facts', file.caseId),
				events: file.all('event')
			});
