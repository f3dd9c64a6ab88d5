import type { ClockCase } from '#lib/domain/clock/clock.ts';
import { factsOf } from '#lib/domain/clock/clock-facts.ts';
import { developmentOf } from '#lib/domain/clock/development.ts';
import type { CaseFile } from '../case-file.ts';

/** What the clocks of a case are counted from, out of its file; null before it has been filed. */
export function clockCase(file: CaseFile): ClockCase | null {
	const { case: planningCase, caseId } = file;
	if (planningCase === undefined) return null;
	const { applicationType, status, receivedOn } = planningCase;
	return {
		applicationType,
		status,
		receivedOn,
		facts: factsOf(caseId, file.get('clock', caseId), file.all('event')),
		development: developmentOf(file.get('facts', caseId))
	};
}
