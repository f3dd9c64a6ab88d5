import { addDays, weekday } from './calendar-day.ts';

/**
 * Bank holidays of England by rule: Banking and Financial Dealings Act 1971, schedule 1, with the
 * days that are proclaimed every year (New Year's Day since 1974, early May since 1978), and the
 * Christmas and Easter days of common law. Dated data: `rulesVersion` names its state.
 */
export const rulesVersion = '2026-07-01';

/** Before it May Day was no bank holiday, and nothing here is needed. */
export const earliestYear = 1978;

interface Proclaimed {
	on: string;
	name: string;
	/** the day it takes the place of */
	instead?: string;
}

/** Once only, each by proclamation under section 1 of the Act. */
export const proclaimed: readonly Proclaimed[] = [
	{ on: '1981-07-29', name: 'Wedding of the Prince of Wales' },
	{ on: '1995-05-08', name: 'Early May bank holiday (VE Day)', instead: '1995-05-01' },
	{ on: '1999-12-31', name: 'Millennium Eve' },
	{ on: '2002-06-03', name: 'Golden Jubilee' },
	{ on: '2002-06-04', name: 'Spring bank holiday', instead: '2002-05-27' },
	{ on: '2011-04-29', name: 'Wedding of Prince William' },
	{ on: '2012-06-04', name: 'Spring bank holiday', instead: '2012-05-28' },
	{ on: '2012-06-05', name: 'Diamond Jubilee' },
	{ on: '2020-05-08', name: 'Early May bank holiday (VE Day)', instead: '2020-05-04' },
	{ on: '2022-06-02', name: 'Spring bank holiday', instead: '2022-05-30' },
	{ on: '2022-06-03', name: 'Platinum Jubilee' },
	{ on: '2022-09-19', name: 'State funeral of Queen Elizabeth II' },
	{ on: '2023-05-08', name: 'Coronation of King Charles III' }
];

/** Easter Sunday in the Gregorian calendar (Meeus's rule, from 1583 on). */
export function easter(year: number): string {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const ofCentury = year % 100;
	const moonShift = Math.floor((century + 8) / 25);
	const epact =
		(19 * golden +
			century -
			Math.floor(century / 4) -
			Math.floor((century - moonShift + 1) / 3) +
			15) %
		30;
	const toSunday =
		(32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
	const days = epact + toSunday - 7 * late + 114;
	return date(year, Math.floor(days / 31), (days % 31) + 1);
}

const date = (year: number, month: number, day: number): string =>
	`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const firstMonday = (from: string): string => addDays(from, (8 - weekday(from)) % 7);
const lastMonday = (until: string): string => addDays(until, -((weekday(until) + 6) % 7));

/** day → name, without what was proclaimed once */
export function firstOfRules(year: number): Map<string, string> {
	const sunday = easter(year);
	return new Map([
		newYear(year),
		[addDays(sunday, -2), 'Good Friday'],
		[addDays(sunday, 1), 'Easter Monday'],
		[firstMonday(date(year, 5, 1)), 'Early May bank holiday'],
		[lastMonday(date(year, 5, 31)), 'Spring bank holiday'],
		[lastMonday(date(year, 8, 31)), 'Summer bank holiday'],
		...christmas(year)
	]);
}

function newYear(year: number): [string, string] {
	const day = date(year, 1, 1);
	const onWeekend = weekday(day) % 6 === 0;
	return onWeekend
		? [firstMonday(day), 'New Year’s Day (substitute day)']
		: [day, 'New Year’s Day'];
}

/** A day that falls on a weekend is kept on the next weekday that is not a holiday itself. */
function christmas(year: number): [string, string][] {
	const [first, second] = [date(year, 12, 25), date(year, 12, 26)];
	const substitute = ' (substitute day)';
	switch (weekday(first)) {
		case 5: // Friday, and Boxing Day a Saturday
			return [
				[first, 'Christmas Day'],
				[date(year, 12, 28), `Boxing Day${substitute}`]
			];
		case 6: // Saturday, and Boxing Day a Sunday
			return [
				[date(year, 12, 27), `Christmas Day${substitute}`],
				[date(year, 12, 28), `Boxing Day${substitute}`]
			];
		case 0: // Sunday
			return [
				[second, 'Boxing Day'],
				[date(year, 12, 27), `Christmas Day${substitute}`]
			];
		default:
			return [
				[first, 'Christmas Day'],
				[second, 'Boxing Day']
			];
	}
}
