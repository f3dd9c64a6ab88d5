import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BankHolidays, bankHolidayList, computed, workingDayFrom } from './bank-holidays.ts';
import { easter } from './bank-holiday-rules.ts';
import { addDays, isWeekend, weekday } from './calendar-day.ts';

const shipped = new BankHolidays();

/** As published for England and Wales, month and day; written down here apart from the rules. */
const published: Record<number, string> = {
	2012: '01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26',
	2015: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
	2016: '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
	2017: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
	2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
	2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
	2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
	2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
	2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
	2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
	2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
	2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
	2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
	2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'
};

describe('bank holidays of England', () => {
	test.each(Object.entries(published))('of %s are those that were published', (year, days) => {
		expect([...shipped.ofYear(Number(year)).keys()].map((day) => day.slice(5)).join(' ')).toBe(
			days
		);
	});

	test('keep the days that were proclaimed once', () => {
		expect(shipped.name('2022-09-19')).toBe('State funeral of Queen Elizabeth II');
		expect(shipped.name('2023-05-08')).toBe('Coronation of King Charles III');
		expect(shipped.name('2022-05-30')).toBeNull();
		expect(shipped.name('2011-04-29')).toBe('Wedding of Prince William');
		expect(shipped.name('1999-12-31')).toBe('Millennium Eve');
	});

	test.each([
		[1818, '03-22'],
		[1943, '04-25'],
		[1981, '04-19'],
		[2000, '04-23'],
		[2008, '03-23'],
		[2011, '04-24'],
		[2038, '04-25'],
		[2285, '03-22']
	])('Easter of %i is on %s', (year, day) => {
		expect(easter(year)).toBe(`${year}-${day}`);
	});

	test('Easter is a Sunday from 22 March to 25 April, in every year', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1583, max: 4099 }), (year) => {
				const day = easter(year);
				expect(weekday(day)).toBe(0);
				expect(day.slice(5) >= '03-22' && day.slice(5) <= '04-25').toBe(true);
			})
		);
	});

	test('every year has eight or more, all on weekdays and none twice', () => {
		for (let year = 1978; year <= 2200; year++) {
			const days = [...computed(year).keys()];
			expect(days.length, String(year)).toBeGreaterThanOrEqual(8);
			expect(days.filter(isWeekend), String(year)).toEqual([]);
		}
	});
});

describe('days that a period for the public leaves out', () => {
	test.each([
		['2026-12-25', 'Christmas Day'],
		// a Saturday: a bank holiday by the Act itself, and Monday by proclamation on top
		['2026-12-26', 'Boxing Day'],
		['2026-12-28', 'Boxing Day (substitute day)'],
		['2021-12-25', 'Christmas Day'],
		['2021-12-27', 'Christmas Day (substitute day)'],
		['2026-04-03', 'Good Friday']
	])('%s is %s', (day, name) => {
		expect(shipped.publicHoliday(day)).toBe(name);
	});

	test.each(['2021-12-26', '2022-01-01', '2026-04-04', '2026-12-27'])('%s counts', (day) => {
		expect(shipped.publicHoliday(day)).toBeNull();
	});
});

describe('a newer list from the council’s register', () => {
	const list = bankHolidayList.parse({
		version: '2026-11-01',
		source: 'GOV.UK, bank holidays, England and Wales',
		from: 2027,
		to: 2027,
		days: [...computed(2027), ['2027-06-11', 'A day nobody had foreseen']].map(([on, name]) => ({
			on,
			name
		}))
	});
	const newer = new BankHolidays(list);

	test('holds for its own years, and the rules for the others', () => {
		expect(newer.name('2027-06-11')).toBe('A day nobody had foreseen');
		expect(shipped.name('2027-06-11')).toBeNull();
		expect([...newer.ofYear(2026)]).toEqual([...shipped.ofYear(2026)]);
		expect([newer.version, shipped.version]).toEqual(['2026-11-01', '2026-07-01']);
	});

	test.each([
		['a day outside its years', { days: [...list.days, { on: '2028-01-03', name: 'x' }] }],
		['a day twice', { days: [...list.days, list.days[0]] }],
		['a year that is not whole', { days: list.days.slice(0, 7) }],
		['years the wrong way round', { from: 2028 }],
		['a day that is none', { days: [...list.days, { on: '2027-02-30', name: 'x' }] }]
	])('is refused with %s', (_, over) => {
		expect(bankHolidayList.safeParse({ ...list, ...over }).success).toBe(false);
	});
});

test('what arrives on a closed day counts from the next working day', () => {
	expect(workingDayFrom('2025-12-24', shipped)).toBe('2025-12-24');
	expect(workingDayFrom('2025-12-25', shipped)).toBe('2025-12-29');
	expect(addDays(workingDayFrom('2026-04-03', shipped), 0)).toBe('2026-04-07');
});
