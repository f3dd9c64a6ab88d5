import type { Clock } from '#lib/domain/clock/clock.ts';
import { daysBetween } from '#lib/domain/clock/calendar-day.ts';

/** How much time a case has left, as a list is narrowed by it. */
export const nears = ['any', 'overdue', 'week', 'three-weeks', 'none'] as const;
export type Near = (typeof nears)[number];

export const nearWords: Record<Near, string> = {
	any: 'Any',
	overdue: 'Overdue',
	week: 'Due today or in 7 days',
	'three-weeks': 'Due today or in 21 days',
	none: 'No clock running'
};

/** @param clock the one the officer works to; null when none runs */
export function isNear(clock: Clock | null, near: Near, today: string): boolean {
	if (near === 'any') return true;
	const due = clock?.due ?? null;
	if (near === 'none' || due === null) return (near === 'none') === (due === null);
	const left = daysBetween(today, due);
	if (near === 'overdue') return left < 0;
	return left >= 0 && left <= (near === 'week' ? 7 : 21);
}
