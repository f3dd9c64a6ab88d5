import { actOfEvent, type CaseActName } from '../case-status.ts';
import type { TimelineEvent } from '../timeline-event.ts';

/** The event of the last of these acts; undefined when there was none. The register's steps order acts, no clock does. */
export const lastAct = (
	events: readonly TimelineEvent[],
	...acts: CaseActName[]
): TimelineEvent | undefined =>
	events
		.filter(({ type }) => {
			const act = actOfEvent(type);
			return act !== null && acts.includes(act);
		})
		.toSorted((a, b) => Number(a.detail['step'] ?? 0) - Number(b.detail['step'] ?? 0))
		.at(-1);
