import { z } from 'zod';
import { calendarDate } from '../primitives.ts';
import { addDays, isWeekend, weekday } from './calendar-day.ts';
import { earliestYear, firstOfRules, proclaimed, rulesVersion } from './bank-holiday-rules.ts';

/**
 * Every bank holiday of England in some whole years, as somebody published them. A council's
 * register carries the newest to its devices; for years outside it the rules of the Act count.
 */
export const bankHolidayList = z
	.strictObject({
		/** the day it was published or fetched; of two lists the later counts */
		version: calendarDate,
		source: z.string().min(1).max(500),
		/** the first and the last year that are whole in it */
		from: z.int().min(earliestYear).max(2200),
		to: z.int().min(earliestYear).max(2200),
		days: z.array(z.strictObject({ on: calendarDate, name: z.string().min(1).max(200) })).max(3000)
	})
	.superRefine(({ from, to, days }, context) => {
		const problem = (message: string) => context.addIssue({ code: 'custom', message });
		if (from > to) problem(`The years run from ${from} to ${to}.`);
		if (new Set(days.map((one) => one.on)).size < days.length) problem('A day is in it twice.');
		for (const { on } of days)
			if (yearOf(on) < from || yearOf(on) > to) problem(`${on} is outside its years.`);
		for (let year = from; year <= to && to - from < 300; year++)
			if (days.filter(({ on }) => yearOf(on) === year).length < 8)
				problem(`${year} has fewer than the eight bank holidays of every year.`);
	});
export type BankHolidayList = z.infer<typeof bankHolidayList>;

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The days on which England does not work, and those that a period for the public does not count. */
export class BankHolidays {
	readonly #list: BankHolidayList | null;
	readonly #years = new Map<number, ReadonlyMap<string, string>>();

	/** @param list newer than the rules shipped with the app; null where the council has none */
	constructor(list: BankHolidayList | null = null) {
		this.#list = list;
	}

	/** Which list a date was counted with, for its working. */
	get version(): string {
		return this.#list?.version ?? rulesVersion;
	}

	/** day → name, of one year, in order */
	ofYear(year: number): ReadonlyMap<string, string> {
		const known = this.#years.get(year);
		if (known !== undefined) return known;
		const days = new Map<string, string>();
		if (this.#list !== null && year >= this.#list.from && year <= this.#list.to) {
			for (const { on, name } of this.#list.days) if (yearOf(on) === year) days.set(on, name);
		} else for (const [on, name] of computed(year)) days.set(on, name);
		const inOrder = new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
		this.#years.set(year, inOrder);
		return inOrder;
	}

	/** The name of a bank holiday; null on every other day. */
	name(day: string): string | null {
		return this.ofYear(yearOf(day)).get(day) ?? null;
	}

	isWorkingDay(day: string): boolean {
		return !isWeekend(day) && this.name(day) === null;
	}

	/**
	 * Whether a period for the public leaves the day out: Christmas Day, Good Friday, and bank
	 * holidays under the Banking and Financial Dealings Act 1971, in England. The Act makes
	 * 26 December one unless it is a Sunday: on a Saturday the substitute on Monday comes on top,
	 * and Christmas Day is Christmas Day on a weekend too.
	 */
	publicHoliday(day: string): string | null {
		const name = this.name(day);
		if (name !== null) return name;
		if (day.endsWith('-12-25')) return 'Christmas Day';
		if (day.endsWith('-12-26') && weekday(day) !== 0) return 'Boxing Day';
		return null;
	}
}

/** The holidays of a year by rule, with what was proclaimed for it. */
export function computed(year: number): Map<string, string> {
	const days = firstOfRules(year);
	for (const change of proclaimed)
		if (yearOf(change.on) === year) {
			if (change.instead !== undefined) days.delete(change.instead);
			days.set(change.on, change.name);
		}
	return days;
}

/** The first day from `day` on (itself included) that is a working day. */
export function workingDayFrom(day: string, holidays: BankHolidays): string {
	let found = day;
	while (!holidays.isWorkingDay(found)) found = addDays(found, 1);
	return found;
}
