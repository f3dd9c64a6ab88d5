import { inWords } from '../clock/calendar-day.ts';
import { lastAct } from './last-act.ts';
import type { CaseRecords } from './task-tree.ts';

/** The day from which an application is valid, as far as the records say, and how that comes. */
export interface ValidFrom {
	/** null: the records do not say when the last missing item arrived */
	on: string | null;
	working: string[];
}

/**
 * DMPO 2015 article 34(4) and (5): an application is received, and valid, on the day on which all
 * that is required and the fee have been lodged. So: the day of receipt where nothing was missing;
 * after it was invalid, the day on which the last missing item arrived.
 */
export function validFrom(records: CaseRecords): ValidFrom {
	const { receivedOn } = records.case;
	const rule =
		'A valid application counts from the day on which everything required and the fee were lodged (DMPO 2015 article 34(4)).';
	const invalidOn = lastAct(records.events, 'invalidate')?.effectiveOn ?? null;
	if (invalidOn === null)
		return {
			on: receivedOn,
			working: [
				rule,
				`It was received on ${inWords(receivedOn)}, and nobody has found anything missing.`
			]
		};
	const arrived = records.documents
		.filter((one) => one.receivedOn !== null && one.receivedOn > receivedOn)
		.toSorted((a, b) => (a.receivedOn ?? '').localeCompare(b.receivedOn ?? ''));
	const last = arrived.at(-1);
	const was = `It was invalid from ${inWords(invalidOn)}.`;
	return last?.receivedOn == null
		? {
				on: null,
				working: [
					rule,
					was,
					'No document has been recorded as received since. If something else arrived, such as the fee, give its day and say what it was.'
				]
			}
		: {
				on: last.receivedOn,
				working: [
					rule,
					was,
					`The last document, “${last.name}”, arrived on ${inWords(last.receivedOn)}.`
				]
			};
}
