import { applicationType } from '#lib/domain/application-type.ts';
import type { CaseActName } from '#lib/domain/case-status.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import type { Random } from '../town/random.ts';
import type { DemoOfficers } from './officers.ts';
import type { PlannedCase } from './plan.ts';

/** Something an officer does to a case, by its command. */
export interface Act {
	at: Date;
	actor: string;
	name: string;
	payload: Record<string, unknown>;
}

const day = 86_400_000;

const invalidReasons = [
	{
		words: 'The location plan does not show the whole of the land edged red.',
		citation: 'DMPO 2015 (SI 2015/595), article 7(1)(c)(i)',
		remedy: 'Send a location plan with all the land needed edged red.'
	},
	{
		words: 'The fee has not been paid in full: £129 is outstanding.',
		citation: 'Fees for Applications Regulations 2012 (SI 2012/2920)',
		remedy: 'Pay £129.'
	},
	{
		words: 'The elevations are not drawn to the scale they state, and have no scale bar.',
		citation: 'DMPO 2015 (SI 2015/595), article 7(2)',
		remedy: 'Send elevations drawn to an identified scale.'
	},
	{
		words: 'Certificate B is needed: the wall stands on the neighbour’s land.',
		citation: 'DMPO 2015 (SI 2015/595), article 14',
		remedy: 'Give notice to the neighbour and send certificate B.'
	}
];
/** One of them, as an officer records it who has decided for the first time. */
const invalidFor = (random: Random) => {
	const { words, citation, remedy } = random.pick(invalidReasons);
	const basis = { kind: 'statute', citation, adoptedOn: null };
	return {
		base: null,
		reasons: [{ from: 'own', words, basis, remedy }],
		shown: [],
		proposedFrom: null,
		working: []
	};
};
const corrections = [
	'Please deal with the neighbour’s loss of light: the report does not mention number 12.',
	'Condition 4 repeats the plans condition. Take one out.',
	'Say why the less than substantial harm is outweighed.'
];

/** Moves one hour of a working day at a time, never past the end. */
class Days {
	#at: number;
	readonly #end: number;
	readonly #random: Random;
	constructor(from: Date, end: Date, random: Random) {
		this.#at = from.getTime();
		this.#end = end.getTime();
		this.#random = random;
	}
	/** Some days later, in office hours. */
	later(least: number, most: number): Date {
		const next = new Date(this.#at + this.#random.between(least, most) * day);
		next.setUTCHours(
			this.#random.whole(8, 15),
			this.#random.whole(0, 59),
			this.#random.whole(0, 59),
			0
		);
		while (next.getUTCDay() % 6 === 0) next.setTime(next.getTime() + day);
		this.#at = Math.min(Math.max(next.getTime(), this.#at + 60_000), this.#end);
		return new Date(this.#at);
	}
}

/** The decision that is recommended and taken: mostly the first of its type's list. */
function decisionFor(type: string, random: Random): string {
	const decisions = Object.keys(applicationType(type)?.decisions ?? { granted: '', refused: '' });
	return random.chance(0.78) ? (decisions[0] ?? 'granted') : random.pick(decisions);
}

/** Eight weeks are nearly over, and more time is agreed; the day lies after every eight weeks' end. */
function moreTime({ submittedAt, random }: PlannedCase, at: Date, by: { id: string }): Act {
	const until = new Date(submittedAt.getTime() + random.whole(75, 100) * day);
	return {
		at,
		actor: by.id,
		name: 'agree-time',
		payload: {
			kind: 'extension',
			agreedOn: londonDay(at.toISOString()),
			until: londonDay(until.toISOString()),
			words: 'E-mail of the agent: revised drawings are to follow.'
		}
	};
}

/** What officers have done to a case since it was filed, in order; visits come on top. */
export function historyOf(planned: PlannedCase, officers: DemoOfficers, now: Date): Act[] {
	const { fate, random, submittedAt, proposal, isAssigned } = planned;
	const { technician, reviewer, caseOfficer } = officers;
	const days = new Days(submittedAt, now, random.fork('days'));
	const acts: Act[] = [];
	const act = (
		name: CaseActName,
		by: { id: string },
		at: Date,
		more: {
			reason?: string;
			decision?: string;
			effectiveOn?: string;
			validity?: ReturnType<typeof invalidFor>;
		} = {}
	) =>
		acts.push({
			at,
			actor: by.id,
			name: 'record-act',
			payload: { act: name, effectiveOn: londonDay(at.toISOString()), reason: '', ...more }
		});
	const isQuick = now.getTime() - submittedAt.getTime() < 12 * day;
	const soon = (least: number, most: number) =>
		isQuick ? days.later(least / 6, most / 6) : days.later(least, most);

	if (fate === 'received') return acts;
	if (fate === 'invalid' || random.chance(0.12))
		act('invalidate', technician, soon(1, 4), { validity: invalidFor(random) });
	if (fate === 'invalid') return acts;
	if (fate === 'returned') {
		if (acts.length === 0)
			act('invalidate', technician, soon(1, 4), { validity: invalidFor(random) });
		act('return', caseOfficer, days.later(21, 28), {
			reason: 'What was missing did not come within 21 days.'
		});
		return acts;
	}
	act('validate', technician, soon(2, 6));
	if (isAssigned)
		acts.push({
			at: soon(0.2, 1.5),
			actor: reviewer.id,
			name: 'assign-case',
			payload: { officerId: caseOfficer.id }
		});
	if (applicationType(proposal.type)?.family === 'planning-permission') {
		const posted = days.later(0.1, 3);
		acts.push({
			at: posted,
			actor: technician.id,
			name: 'record-publicity',
			payload: {
				kind: 'site-notice',
				on: londonDay(posted.toISOString()),
				words: 'On the lamp post nearest the site'
			}
		});
	}
	if (fate === 'in-assessment') {
		const age = (now.getTime() - submittedAt.getTime()) / day;
		const { amount, unit } = applicationType(proposal.type)?.period ?? {};
		if (age > 46 && amount === 8 && unit === 'weeks' && random.chance(0.7))
			acts.push(moreTime(planned, days.later(22, 36), caseOfficer));
		return acts;
	}
	if (fate === 'withdrawn') {
		act('withdraw', caseOfficer, days.later(8, 24), {
			reason: 'At the applicant’s request, by e-mail.'
		});
		return acts;
	}
	if (fate === 'closed') {
		act('close', caseOfficer, days.later(30, 60), {
			reason: 'The applicant has sold the property.'
		});
		return acts;
	}
	const decision = decisionFor(proposal.type, random);
	act('recommend', caseOfficer, days.later(9, 20), { decision });
	if (fate === 'to-be-reviewed') {
		act('request-correction', reviewer, days.later(0.3, 2), { reason: random.pick(corrections) });
		return acts;
	}
	if (fate === 'awaiting-determination' && random.chance(0.6)) return acts;
	act('sign-off', reviewer, days.later(0.3, 3));
	if (fate === 'in-committee') {
		const meeting = new Date(now.getTime() + random.whole(5, 25) * day);
		act('send-to-committee', reviewer, days.later(0.2, 1), {
			effectiveOn: londonDay(meeting.toISOString())
		});
		return acts;
	}
	if (fate === 'awaiting-determination') return acts;
	act('determine', reviewer, days.later(0.2, 2), { decision });
	return acts;
}
