import { addDays, inWords, latest } from './calendar-day.ts';
import { isInProgress } from '../case-status.ts';
import type { BankHolidays } from './bank-holidays.ts';
import type { Publicity } from './clock-facts.ts';
import type { Clock, ClockCase } from './clock.ts';
import { count, lengthInWords, workingOf, type Length } from './count.ts';
import { periods, type Status } from './periods.ts';
import { whichPeriod } from './which-period.ts';

const order = 'Development Management Procedure Order 2015 (SI 2015/595), schedule 3';

export const publicityWords: Record<Publicity['kind'], { noun: string; begins: string }> = {
	'site-notice': { noun: 'Site notice', begins: 'first displayed' },
	'neighbour-notice': { noun: 'Notice to neighbours', begins: 'served' },
	newspaper: { noun: 'Newspaper notice', begins: 'published' }
};

/** How long the public has, by what is published and what it is about. */
export function publicityLength(
	kind: Publicity['kind'],
	one: ClockCase
): { length: Length; source: string; status: Status } {
	const { facts, development, applicationType } = one;
	const of = (amount: number): Length => ({
		amount,
		unit: 'days',
		begins: 'same day',
		disregards: 'public holidays'
	});
	const chosen = whichPeriod(applicationType, development, facts.approvalRequired);
	if (development.eia === true || chosen?.period === periods.eia)
		// here, and here only, public holidays count
		return {
			length: { amount: 30, unit: 'days', begins: 'same day' },
			source: 'EIA Regulations 2017 (SI 2017/571), regulation 20; schedule 3 of the 2015 Order',
			status: 'established'
		};
	if (applicationType === 'pp.pip')
		return {
			length: of(14),
			source: 'Permission in Principle Order 2017, as amended by SI 2018/119, part 6',
			status: 'established'
		};
	if (kind === 'newspaper') return { length: of(14), source: order, status: 'established' };
	if (development.publicService === true)
		return {
			length: of(18),
			source: `${order}, as inserted by SI 2021/746`,
			status: 'established'
		};
	return { length: of(21), source: order, status: 'established' };
}

/** The end of each act of publicity, and the first day on which the council may decide. */
export function publicityClocks(one: ClockCase, holidays: BankHolidays): Clock[] {
	const going = isInProgress(one.status);
	const ends = one.facts.publicity
		.filter((act) => act.withdrawn === null)
		.map((act): Clock => {
			const { length, source, status } = publicityLength(act.kind, one);
			const counted = count(act.on, length, holidays);
			const { noun, begins } = publicityWords[act.kind];
			return {
				id: 'publicity',
				key: `publicity:${act.id}`,
				words: `${noun} ends`,
				rule: `${lengthInWords(length)}, beginning with the day it was ${begins}`,
				base: { words: `${noun} ${begins}`, on: act.on },
				due: counted.last,
				source,
				status,
				ask: null,
				working: [
					`${noun} ${begins} on ${inWords(act.on)}${act.words === '' ? '' : `: ${act.words}`}.`,
					...workingOf(length, counted),
					...(length.disregards === undefined
						? []
						: [`Bank holidays as of ${inWords(holidays.version)}.`])
				],
				state: going ? 'running' : 'over',
				consequence: null
			};
		});
	const last = latest(ends.flatMap(({ due }) => due ?? []));
	if (last === null) return [];
	const first = addDays(last, 1);
	return [
		{
			id: 'earliest-decision',
			key: 'earliest-decision',
			words: 'Not to be decided before',
			rule: 'The day after the last period for the public has ended',
			base: { words: 'Last period for the public ends', on: last },
			due: first,
			source:
				'Development Management Procedure Order 2015 (SI 2015/595), article 33; confirm for this type',
			status: 'council to confirm',
			ask: null,
			working: [
				`The last period for the public ends on ${inWords(last)}.`,
				'It moves when a notice is posted late. It does not move the day to decide by.'
			],
			state: going ? 'running' : 'over',
			consequence: null
		},
		...ends
	];
}
