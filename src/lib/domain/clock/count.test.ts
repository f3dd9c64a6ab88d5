import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BankHolidays } from './bank-holidays.ts';
import { addDays, addMonths, daysBetween, inWords } from './calendar-day.ts';
import { count, workingOf, type Length } from './count.ts';

const holidays = new BankHolidays();
const after = (amount: number, unit: Length['unit']): Length => ({
	amount,
	unit,
	begins: 'day after'
});
const publicDays = (amount: number): Length => ({
	amount,
	unit: 'days',
	begins: 'same day',
	disregards: 'public holidays'
});
const last = (base: string, length: Length) => count(base, length, holidays).last;

describe('calendar days', () => {
	test.each([
		['over the change to summer time', '2026-03-28', 2, '2026-03-30'],
		['over the change to winter time', '2026-10-24', 2, '2026-10-26'],
		['over a leap day', '2028-02-28', 1, '2028-02-29'],
		['over 28 February of a common year', '2026-02-28', 1, '2026-03-01'],
		['over the end of a year', '2026-12-31', 1, '2027-01-01'],
		['over 2100, which has no leap day', '2100-02-28', 1, '2100-03-01'],
		['backwards', '2026-03-01', -1, '2026-02-28']
	])('%s', (_, from, days, to) => {
		expect(addDays(from, days)).toBe(to);
		expect(daysBetween(from, to)).toBe(days);
	});

	test.each([
		['2026-08-31', 6, '2027-02-28'],
		['2027-08-31', 6, '2028-02-29'],
		['2026-11-30', 3, '2027-02-28'],
		['2026-12-31', 2, '2027-02-28'],
		['2026-03-03', 12, '2027-03-03']
	])('months from %s: %i', (from, months, to) => {
		expect(addMonths(from, months)).toBe(to);
	});

	test('are named with their weekday, the same all year round', () => {
		expect(inWords('2026-03-29')).toBe('Sunday 29 March 2026');
		expect(inWords('2026-10-25')).toBe('Sunday 25 October 2026');
	});
});

describe('counting a period', () => {
	test.each([
		['8 weeks', '2026-03-03', after(8, 'weeks'), '2026-04-28'],
		['13 weeks', '2026-07-01', after(13, 'weeks'), '2026-09-30'],
		['56 days', '2014-10-23', after(56, 'days'), '2014-12-18'],
		['28 days over the leap day', '2028-02-15', after(28, 'days'), '2028-03-14'],
		['8 weeks over New Year', '2025-12-15', after(8, 'weeks'), '2026-02-09'],
		['6 months', '2026-08-31', after(6, 'months'), '2027-02-28'],
		['5 working days over Easter', '2026-04-01', after(5, 'working days'), '2026-04-10'],
		['5 working days over Christmas', '2025-12-23', after(5, 'working days'), '2026-01-02'],
		['1 working day from a Friday', '2026-05-01', after(1, 'working days'), '2026-05-05'],
		['21 days for the public, no holiday', '2026-06-01', publicDays(21), '2026-06-21'],
		['21 days over Easter', '2026-03-27', publicDays(21), '2026-04-18'],
		['21 days over the state funeral', '2022-09-05', publicDays(21), '2022-09-26'],
		['21 days over the coronation', '2023-04-20', publicDays(21), '2023-05-12'],
		['14 days that begin on a holiday', '2026-04-03', publicDays(14), '2026-04-18']
	])('%s from %s', (_, base, length, expected) => {
		expect(last(base, length)).toBe(expected);
	});

	// adding the days and then the holidays among them would miss those among the days added
	test('trap 16: a site notice of 24 December 2025 ends on 16 January 2026', () => {
		const counted = count('2025-12-24', publicDays(21), holidays);
		expect(counted.last).toBe('2026-01-16');
		expect(counted.leftOut.map(({ on }) => on)).toEqual(['2025-12-25', '2025-12-26', '2026-01-01']);
	});

	test('a holiday among the days added is left out too', () => {
		// 14 days would end on 24 December; the 26th and 28th come only after the first pass
		expect(last('2026-12-12', publicDays(14))).toBe('2026-12-27');
	});

	test('its working says which days were left out and why', () => {
		const length = publicDays(21);
		expect(workingOf(length, count('2025-12-24', length, holidays))).toEqual([
			'Day 1 is Wednesday 24 December 2025: that day itself is day 1.',
			'Christmas Day, Good Friday and bank holidays are not counted: Thursday 25 December 2025 (Christmas Day), Friday 26 December 2025 (Boxing Day), Thursday 1 January 2026 (New Year’s Day).',
			'21 days end on Friday 16 January 2026.'
		]);
	});

	test.each([0, -1, 1.5, Number.NaN])('a period of %d is no period', (amount) => {
		expect(() => count('2026-03-03', after(amount, 'days'), holidays)).toThrow(RangeError);
	});
});

describe('for every day and length', () => {
	const aDay = fc.integer({ min: 0, max: 36_500 }).map((n) => addDays('1990-01-01', n));
	const amount = fc.integer({ min: 1, max: 200 });
	const unit = fc.constantFrom<Length['unit']>('days', 'weeks', 'working days');
	const length = fc.record({
		amount,
		unit,
		begins: fc.constantFrom<Length['begins']>('day after', 'same day')
	});

	test('a day more of calendar never ends sooner, and a week is seven days', () => {
		fc.assert(
			fc.property(aDay, length, (day, one) => {
				const end = last(day, one);
				expect(last(day, { ...one, amount: one.amount + 1 }) > end).toBe(true);
				expect(last(addDays(day, 1), one) >= end).toBe(true);
				if (one.unit === 'weeks')
					expect(last(day, { ...one, unit: 'days', amount: one.amount * 7 })).toBe(end);
			})
		);
	});

	test('leaving days out never ends sooner, and ends on a day that counts', () => {
		fc.assert(
			fc.property(aDay, amount, (day, n) => {
				const end = last(day, publicDays(n));
				const plain = last(day, { amount: n, unit: 'days', begins: 'same day' });
				expect(end >= plain).toBe(true);
				expect(holidays.publicHoliday(end)).toBeNull();
				expect(holidays.isWorkingDay(last(day, after(n, 'working days')))).toBe(true);
			})
		);
	});

	test('the days counted and the days left out are all the days there are', () => {
		fc.assert(
			fc.property(aDay, amount, (day, n) => {
				const counted = count(day, publicDays(n), holidays);
				expect(daysBetween(counted.first, counted.last) + 1).toBe(n + counted.leftOut.length);
			})
		);
	});

	test('summer time moves nothing: the day is the same whatever zone the machine is in', () => {
		fc.assert(
			fc.property(aDay, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
				expect(daysBetween(day, addDays(day, n))).toBe(n);
				expect(addDays(addDays(day, n), -n)).toBe(day);
			})
		);
	});
});
