import { workingDayFrom, type BankHolidays } from '../clock/bank-holidays.ts';
import { addDays, inWords } from '../clock/calendar-day.ts';
import { standingWords } from './fee-table.ts';

/**
 * The day whose fees apply. An application that arrives electronically after the office has closed,
 * or on a day that is not a working day, counts as received on the next working day: so the
 * Planning Portal closes at 17:00 on 31 March. Whether a fee falls on the day of receipt or of
 * validity is not settled by the sources; an officer may name the day.
 */
export const officeCloses = {
	time: '17:00',
	from: '2023-12-06',
	standing: 'unverified',
	source: 'the usual end of business hours; a council’s own may differ'
} as const;

export interface FeeDay {
	/** London calendar day */
	day: string;
	/** how it was found, in sentences */
	working: string[];
}

const clock = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Europe/London',
	hour: '2-digit',
	minute: '2-digit',
	hourCycle: 'h23'
});

/**
 * @param receivedOn London calendar day of receipt
 * @param receivedAt instant of electronic receipt (ISO 8601); null for paper
 */
export function feeDay(
	receivedOn: string,
	receivedAt: string | null,
	holidays: BankHolidays
): FeeDay {
	const on = `Received on ${inWords(receivedOn)}`;
	const at = receivedAt === null ? NaN : Date.parse(receivedAt);
	if (Number.isNaN(at))
		return { day: receivedOn, working: [`${on}, on paper or at a time not recorded.`] };
	const time = clock.format(at);
	const works = holidays.isWorkingDay(receivedOn);
	if (works && time < officeCloses.time) return { day: receivedOn, working: [`${on} at ${time}.`] };
	const day = workingDayFrom(addDays(receivedOn, 1), holidays);
	const why = works
		? `after ${officeCloses.time} (${officeCloses.source}; ${standingWords[officeCloses.standing]})`
		: 'which is not a working day';
	return {
		day,
		working: [`${on} at ${time}, ${why}: counts as received on ${inWords(day)}.`]
	};
}
