import { z } from 'zod';
import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import { inWords } from '#lib/domain/clock/calendar-day.ts';
import { agreement } from '#lib/domain/clock/clock-facts.ts';
import { decisionClocks } from '#lib/domain/clock/decision-clocks.ts';
import { whichPeriod } from '#lib/domain/clock/which-period.ts';
import { calendarDate } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { clockCase } from './clock-case.ts';

/** No period of weeks asks which list of bank holidays a device has. */
const holidays = new BankHolidays();

/**
 * More time to decide was agreed in writing: an extension, or a planning performance agreement.
 * It holds from now on, whatever else changes; the statutory day is kept beside it.
 */
export const agreeTime = defineCommand({
	name: 'agree-time',
	sort: 'act',
	permission: 'assess-case',
	offline: true,
	payload: z.strictObject({
		kind: agreement.shape.kind,
		/** the day it was agreed in writing */
		agreedOn: calendarDate,
		/** the last day for the decision */
		until: calendarDate,
		/** with whom, and where that is written */
		words: agreement.shape.words
	}),
	run(file, { kind, agreedOn, until, words }, context) {
		const one = clockCase(file);
		if (one === null) return refuse('case-unknown');
		const { applicationType, status, receivedOn, facts, development } = one;
		if (!isInProgress(status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[status]}.`);
		const chosen = whichPeriod(applicationType, development, facts.approvalRequired);
		if (chosen?.period.extendable !== true) return refuse('time-not-extendable');
		if (agreedOn > context.today)
			return refuse('date-in-future', 'It is the day of the agreement.');
		// what a performance agreement covers is often agreed before the application is made
		if (agreedOn < receivedOn && kind !== 'performance-agreement')
			return refuse('date-before-received');
		if (words.trim() === '')
			return refuse('reason-missing', 'Say with whom it was agreed and where that is written.');
		const insteadOf = decisionClocks(one, holidays)[0]?.due ?? null;
		const later = [insteadOf, agreedOn, receivedOn].find((day) => day !== null && until <= day);
		if (later !== undefined && later !== null)
			return refuse(
				'value-not-accepted',
				later === insteadOf
					? `Without it the decision is due on ${inWords(later)}: the agreed day has to be later.`
					: 'The agreed day has to lie after the agreement and after receipt.'
			);
		const extended = kind === 'extension';
		const { id, actor } = context.envelope;
		const made = {
			id,
			kind,
			agreedOn,
			until,
			words,
			recordedBy: actor,
			insteadOf,
			withdrawn: null
		};
		return {
			changes: [
				{ kind: 'clock', record: { ...facts, agreements: [...facts.agreements, made] } },
				happened(
					context,
					extended ? 'time-extension-agreed' : 'performance-agreement-made',
					{ until, insteadOf, words },
					agreedOn
				)
			]
		};
	}
});
