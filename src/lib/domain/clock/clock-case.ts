import type { PlanningCase } from '../planning-case.ts';
import type { TimelineEvent } from '../timeline-event.ts';
import type { CaseFacts } from '../workflow/case-facts.ts';
import { factsOf, type ClockFacts } from './clock-facts.ts';
import type { ClockCase } from './clock.ts';
import { developmentOf } from './development.ts';

/** What the clocks of a case are counted from, out of its records. */
export const clockCaseOf = (
	{ id, applicationType, status, receivedOn }: PlanningCase,
	records: {
		clock: ClockFacts | undefined;
		facts: CaseFacts | undefined;
		/** looked at only where there is no `clock` */
		events: readonly TimelineEvent[];
	}
): ClockCase => ({
	applicationType,
	status,
	receivedOn,
	facts: factsOf(id, records.clock, records.events),
	development: developmentOf(records.facts)
});
