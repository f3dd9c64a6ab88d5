import { addDays, addMonths, inWords } from './calendar-day.ts';
import type { BankHolidays } from './bank-holidays.ts';

/** How long a period is, and which days count in it. */
export interface Length {
	amount: number;
	unit: 'days' | 'weeks' | 'months' | 'working days';
	/** `day after`: the day it counts from is no part of it; `same day`: it is day 1 */
	begins: 'day after' | 'same day';
	/** left out of the count: `public holidays` are those of bank-holidays.ts; working days leave out weekends too */
	disregards?: 'public holidays';
}

export interface Counted {
	/** the last day of the period */
	last: string;
	/** the day counted as day 1 */
	first: string;
	/** the days left out, with why */
	leftOut: { on: string; why: string }[];
}

/** Longest count that walks day by day; no period of planning law comes near it. */
const mostSteps = 4_000;

/**
 * The last day of a period that counts from `base`.
 * @throws RangeError when the length is not a whole number of at least 1, or walks for ever
 */
export function count(base: string, length: Length, holidays: BankHolidays): Counted {
	const { amount, unit, begins, disregards } = length;
	if (!Number.isInteger(amount) || amount < 1) throw new RangeError(`A period of ${amount}.`);
	const first = begins === 'day after' ? addDays(base, 1) : base;
	const before = addDays(first, -1);
	if (unit === 'months') return { first, last: addMonths(before, amount), leftOut: [] };
	const days = unit === 'weeks' ? amount * 7 : amount;
	if (disregards === undefined && unit !== 'working days')
		return { first, last: addDays(before, days), leftOut: [] };

	// never "add the days, then add the holidays": a holiday among the days added is one more
	const leftOut: Counted['leftOut'] = [];
	let last = before;
	for (let counted = 0, steps = 0; counted < days; steps++) {
		if (steps > mostSteps) throw new RangeError('The count does not end.');
		last = addDays(last, 1);
		const why = whyNotCounted(last, unit, holidays);
		if (why === null) counted++;
		else if (why !== 'weekend') leftOut.push({ on: last, why });
	}
	return { first, last, leftOut };
}

function whyNotCounted(day: string, unit: Length['unit'], holidays: BankHolidays): string | null {
	if (unit !== 'working days') return holidays.publicHoliday(day);
	return holidays.name(day) ?? (holidays.isWorkingDay(day) ? null : 'weekend');
}

/** `8 weeks (56 days)`, `21 days`, `5 working days` */
export function lengthInWords({ amount, unit }: Pick<Length, 'amount' | 'unit'>): string {
	const words = `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
	return unit === 'weeks' ? `${words} (${amount * 7} days)` : words;
}

/** The working of a count, one line a step, as an officer checks it. */
export function workingOf(length: Length, { first, last, leftOut }: Counted): string[] {
	const begins =
		length.begins === 'day after' ? 'the day after is day 1' : 'that day itself is day 1';
	// a weekend is no working day 1
	const from =
		length.unit === 'working days'
			? `Counting begins on ${inWords(first)}.`
			: `Day 1 is ${inWords(first)}: ${begins}.`;
	const left = leftOut.map(({ on, why }) => `${inWords(on)} (${why})`);
	const which =
		length.unit === 'working days'
			? 'Weekends and bank holidays are not counted'
			: length.disregards === undefined
				? 'Every day counts, weekends and bank holidays too'
				: 'Christmas Day, Good Friday and bank holidays are not counted';
	return [
		from,
		left.length === 0 ? `${which}.` : `${which}: ${left.join(', ')}.`,
		`${lengthInWords(length)} end on ${inWords(last)}.`
	];
}
