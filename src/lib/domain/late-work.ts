import { caseStatusWords, type CaseStatus } from './case-status.ts';
import { may } from './permissions.ts';
import type { Officer } from './officer.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** In the detail of the timeline entry of work that arrived when its case had ended: where it stood. */
export const afterEnd = 'afterEnd';

/** How the case had ended when this work arrived; null when it had not. */
export const endedBefore = ({ detail }: Pick<TimelineEvent, 'detail'>): CaseStatus | null => {
	const status = detail[afterEnd];
	return typeof status === 'string' && Object.hasOwn(caseStatusWords, status)
		? (status as CaseStatus)
		: null;
};

const seenEvent = 'late-work-seen';

/** Whether an entry may change who has to look at a case. */
export const bearsOnLateWork = (event: TimelineEvent): boolean =>
	event.type === seenEvent || endedBefore(event) !== null;

/** Work that arrived after its case had ended, and that nobody but its author has looked at. */
export function lateWork(events: readonly TimelineEvent[]): TimelineEvent[] {
	const late = events.filter((event) => endedBefore(event) !== null);
	if (late.length === 0) return [];
	const seen = events
		.filter(({ type }) => type === seenEvent)
		.map(({ by, detail }) => ({
			by,
			events: Array.isArray(detail['events']) ? detail['events'] : []
		}));
	return late.filter(({ id, by }) => !seen.some((one) => one.by !== by && one.events.includes(id)));
}

/** Who has to look at late work on a case: its officer and every team leader. */
export const looksAfter = (officer: Officer, assignedTo: string | null): boolean =>
	officer.active && (assignedTo === officer.id || may(officer, 'sign-off', false) === 'yes');
