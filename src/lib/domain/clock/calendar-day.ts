/**
 * Calendar dates as planning law counts them: days of the London calendar, `2026-03-03`, with no
 * time and no zone, so that the change of the clocks in spring and autumn cannot move one.
 */

const millisecondsOfADay = 86_400_000;

const at = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** @param days may be negative */
export const addDays = (from: string, days: number): string =>
	day(at(from) + days * millisecondsOfADay);

/** The day of the same number so many months on, or the month's last day where it has no such day. */
export function addMonths(from: string, months: number): string {
	const [year = 0, month = 1, number = 1] = from.split('-').map(Number);
	const first = new Date(Date.UTC(year, month - 1 + months, 1));
	const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
	return day(first.getTime() + (Math.min(number, last) - 1) * millisecondsOfADay);
}

/** Days from one to the other: 1 from a day to the next, negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number =>
	Math.round((at(to) - at(from)) / millisecondsOfADay);

/** 0 for Sunday to 6 for Saturday. */
export const weekday = (of: string): number => new Date(at(of)).getUTCDay();

export const isWeekend = (of: string): boolean => weekday(of) % 6 === 0;

/** Of several days the last, null where there is none. */
export const latest = (days: readonly string[]): string | null =>
	days.length === 0 ? null : days.reduce((a, b) => (b > a ? b : a));

const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months =
	'January February March April May June July August September October November December'.split(
		' '
	);

/** `2026-03-03` → `Tuesday 3 March 2026`. By hand: a list of ten thousand cases says it many times a case. */
export function inWords(of: string): string {
	const [year = 0, month = 1, number = 1] = of.split('-').map(Number);
	return `${weekdays[weekday(of)] ?? ''} ${number} ${months[month - 1] ?? ''} ${year}`;
}
