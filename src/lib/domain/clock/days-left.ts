import { daysBetween } from './calendar-day.ts';

/** How near a day is, in steps that a colour and words both show. */
export type Nearness = 'overdue' | 'today' | 'this week' | 'soon' | 'later';

/** Calendar days: a week has seven of them. */
const week = 7;
const soon = 21;

/** @param today London calendar day */
export function nearness(due: string, today: string): Nearness {
	const left = daysBetween(today, due);
	if (left < 0) return 'overdue';
	if (left === 0) return 'today';
	if (left <= week) return 'this week';
	return left <= soon ? 'soon' : 'later';
}

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);

/** `3 days overdue`, `due today`, `12 days left` */
export function daysLeftWords(due: string, today: string): string {
	const left = daysBetween(today, due);
	if (left < 0) return `${days(-left)} overdue`;
	return left === 0 ? 'due today' : `${days(left)} left`;
}
