import { isInProgress } from '../case-status.ts';
import { addMonths, inWords } from './calendar-day.ts';
import { agreementInForce, isLate, type Agreement } from './clock-facts.ts';
import type { BankHolidays } from './bank-holidays.ts';
import type { Clock, ClockCase } from './clock.ts';
import { count, lengthInWords, workingOf, type Length } from './count.ts';
import { silences, type Period } from './periods.ts';
import { isMajor, whichPeriod, type Chosen } from './which-period.ts';

/** The statutory period, what has been agreed instead, and what follows from them. */
export function decisionClocks(one: ClockCase, holidays: BankHolidays): Clock[] {
	const chosen = whichPeriod(one.applicationType, one.development, one.facts.approvalRequired);
	if (chosen === null) return [];
	const holding = heldAgreement(one, chosen.period);
	const statutory = statutoryClock(one, chosen, holidays, holding !== null);
	const decision =
		holding === null ? statutory : agreedClock(one, holding, statutory, chosen.period);
	return [
		decision,
		...(decision === statutory ? [] : [statutory]),
		...guaranteeClock(one, chosen, holidays),
		...appealClock(one, chosen.period, decision)
	];
}

/**
 * Where silence lets the applicant go ahead, what is agreed after that day has come changes
 * nothing any more: the right to go ahead is theirs.
 */
function heldAgreement({ facts }: ClockCase, period: Period): Agreement | null {
	if (!period.extendable) return null;
	const goesAhead = period.silence === 'deemed consent' || period.silence === 'may proceed';
	return agreementInForce(facts.agreements, (one) => !goesAhead || !isLate(one));
}

const stateOf = (one: ClockCase, due: string | null): Clock['state'] =>
	!isInProgress(one.status) ? 'over' : due === null ? 'not started' : 'running';

const lengthOf = ({ amount, unit }: Period): Length => ({ amount, unit, begins: 'day after' });

/** The day a period counts from, and how sure it is. */
function baseOf(
	{ receivedOn, status, facts }: ClockCase,
	{ basis }: Period
): { words: string; on: string | null; line: string; ask: string | null } {
	switch (basis) {
		case 'application received':
			return {
				words: 'Application received',
				on: receivedOn,
				line: `The application was received on ${inWords(receivedOn)}.`,
				ask: null
			};
		case 'valid application received': {
			const on = facts.validFrom;
			const words = 'Valid application received';
			if (on !== null) return { words, on, line: `It is valid from ${inWords(on)}.`, ask: null };
			const why = status === 'invalid' ? 'It has been made invalid' : 'It has not been made valid';
			return { words, on, line: `${why}: the period has not begun.`, ask: null };
		}
		case 'required information received': {
			const said = facts.requiredInformation;
			const words = 'Everything the class requires received';
			if (said === 'outstanding')
				return {
					words,
					on: null,
					line: 'Something that the class requires has not arrived: the period has not begun.',
					ask: null
				};
			if (said !== null)
				return {
					words,
					on: said,
					line: `Everything the class requires had arrived by ${inWords(said)}, whatever the council called valid.`,
					ask: null
				};
			return {
				words,
				on: receivedOn,
				line: `Nobody has recorded when everything the class requires had arrived, so it counts from receipt, ${inWords(receivedOn)}.`,
				ask: 'On which day had everything the class requires arrived? Being made valid does not move this date.'
			};
		}
	}
}

function statutoryClock(
	one: ClockCase,
	{ period, why, ask }: Chosen,
	holidays: BankHolidays,
	replaced: boolean
): Clock {
	const length = lengthOf(period);
	const base = baseOf(one, period);
	const counted = base.on === null ? null : count(base.on, length, holidays);
	const due = counted?.last ?? null;
	const state = stateOf(one, due);
	const asked = [ask, base.ask].filter((open) => open !== null);
	return {
		id: 'statutory',
		key: 'statutory',
		words: firstStage(one, period) ? 'Say whether approval is required by' : 'Decide by',
		rule: `${lengthInWords(length)}, counted from the day after: ${period.basis}`,
		base: { words: base.words, on: base.on },
		due,
		source: period.source,
		status: asked.length > 0 ? 'council to confirm' : period.status,
		ask: asked.length > 0 ? asked.join(' ') : null,
		working: [...why, base.line, ...(counted === null ? [] : workingOf(length, counted))],
		state: replaced && state === 'running' ? 'replaced' : state,
		consequence: silences[period.silence]
	};
}

const firstStage = ({ facts }: ClockCase, { amount, silence }: Period): boolean =>
	silence === 'deemed consent' && amount === 28 && facts.approvalRequired !== true;

function agreedClock(one: ClockCase, agreed: Agreement, statutory: Clock, period: Period): Clock {
	const late = isLate(agreed);
	const shorter = statutory.due !== null && agreed.until < statutory.due;
	const ask = [
		late
			? 'It was agreed after the time had run out: the applicant could have appealed from then on.'
			: null,
		shorter ? 'The statutory period now ends later than the agreed day. Agree a later one.' : null
	].filter((open) => open !== null);
	const performance = agreed.kind === 'performance-agreement';
	return {
		id: 'agreed',
		key: 'agreed',
		words: 'Decide by, as agreed',
		rule: performance
			? 'The day set in the planning performance agreement'
			: 'The day agreed in writing with the applicant',
		base: { words: 'Agreed in writing', on: agreed.agreedOn },
		due: agreed.until,
		source: performance
			? 'Planning Practice Guidance: planning performance agreements; the agreement itself'
			: `Development Management Procedure Order 2015 (SI 2015/595), article 34(2)(c); the agreement itself`,
		status: ask.length > 0 ? 'council to confirm' : 'established',
		ask: ask.length > 0 ? ask.join(' ') : null,
		working: [
			`${performance ? 'A performance agreement' : 'An extension'} of ${inWords(agreed.agreedOn)} sets ${inWords(agreed.until)}.`,
			statutory.due === null
				? 'The statutory period has not begun.'
				: `The statutory period ends on ${inWords(statutory.due)}; it is kept, and the agreed day holds.`
		],
		state: stateOf(one, agreed.until),
		consequence: silences[period.silence]
	};
}

/** The fee goes back when a planning application is not decided by then, unless more time was agreed. */
function guaranteeClock(one: ClockCase, { period }: Chosen, holidays: BankHolidays): Clock[] {
	if (period.guarantee === null) return [];
	const major = period.guarantee === 'planning' ? isMajor(period, one.development) : false;
	const weeks = period.guarantee === 'conditions' ? 12 : major === true ? 26 : 16;
	const on = one.facts.validFrom;
	const length: Length = { amount: weeks, unit: 'weeks', begins: 'day after' };
	const counted = on === null ? null : count(on, length, holidays);
	const agreed = agreementInForce(one.facts.agreements);
	const state = stateOf(one, counted?.last ?? null);
	const ask = major === null ? 'Is it major development? Then 26 weeks, otherwise 16.' : null;
	return [
		{
			id: 'guarantee',
			key: 'guarantee',
			words: 'Planning guarantee: fee refunded after',
			rule: `${lengthInWords(length)}, counted from the day after: valid application received`,
			base: { words: 'Valid application received', on },
			due: counted?.last ?? null,
			source:
				'Fees Regulations 2012 (SI 2012/2920), regulation 9A, for applications since 6 December 2023; whether it counts from receipt or from validity is not established',
			status: 'council to confirm',
			ask,
			working: [
				...(counted === null ? ['It has not been made valid.'] : workingOf(length, counted)),
				...(agreed === null
					? []
					: ['More time was agreed in writing, so no fee goes back for this day.'])
			],
			state: agreed !== null && state === 'running' ? 'replaced' : state,
			consequence: null
		}
	];
}

/** Where silence opens an appeal, how long it stays open. */
function appealClock(one: ClockCase, { silence }: Period, decision: Clock): Clock[] {
	if (silence !== 'appeal' && silence !== 'heritage appeal') return [];
	if (decision.due === null) return [];
	const last = addMonths(decision.due, 6);
	return [
		{
			id: 'appeal',
			key: 'appeal',
			words: 'If undecided, the applicant may appeal until',
			rule: '6 months from the day the decision was due',
			base: { words: decision.words, on: decision.due },
			due: last,
			source: `${silences[silence].source}; Planning Portal: time limits for appeals`,
			status: 'established',
			ask: null,
			working: [
				`The decision is due on ${inWords(decision.due)}; the sixth month after it ends on ${inWords(last)}.`
			],
			state: stateOf(one, last),
			consequence: null
		}
	];
}
