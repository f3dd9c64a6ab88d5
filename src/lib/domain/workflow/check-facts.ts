import { whyNotThisBasis } from '../fee/fee-basis.ts';
import { addDays } from '../clock/calendar-day.ts';
import type { CaseFacts, FactName } from './case-facts.ts';

/** What a fact is checked against. */
export interface FactsOf {
	/** the London day on which it is recorded */
	today: string;
	/** the day the council received the application */
	receivedOn: string;
}

type Value<F extends FactName> = NonNullable<CaseFacts[F]>;
type Check<F extends FactName> = (value: Value<F>, of: FactsOf) => string | null;

/** Each fact's own check: a sentence of what is wrong with it, or null. */
const checks: { [F in FactName]?: Check<F> } = {
	eia: ({ outcome, screenedOn }, { today }) =>
		outcome === 'screened-out' && screenedOn === null
			? 'Give the day of the screening opinion.'
			: notAhead('The day of the screening opinion', screenedOn, today),
	ownership: ({ certificate, noticeOn, newspaperOn, note }, of) => {
		if (certificate === 'a' && (noticeOn !== null || newspaperOn !== null))
			return 'Certificate A says that nobody else had to be given notice; take the dates out, or choose another certificate.';
		if ((certificate === 'b' || certificate === 'c') && noticeOn === null)
			return `Certificate ${certificate.toUpperCase()} needs the day on which the owners were given notice.`;
		if ((certificate === 'c' || certificate === 'd') && newspaperOn === null)
			return `Certificate ${certificate.toUpperCase()} needs the day on which the notice was in a newspaper.`;
		if ((certificate === 'c' || certificate === 'd') && note.trim() === '')
			return `Certificate ${certificate.toUpperCase()} needs the steps that were taken to find the owners.`;
		return (
			notAhead('The day of the notice', noticeOn, of.today) ??
			notAhead('The day of the newspaper', newspaperOn, of.today)
		);
	},
	agriculture: ({ holding, noticeOn }, { today }) => {
		if (holding === 'notified' && noticeOn === null)
			return 'Give the day on which the agricultural tenants were given notice.';
		if (holding !== 'notified' && noticeOn !== null)
			return 'There is a day of notice, though no tenant was given notice. Take it out, or choose the other answer.';
		return notAhead('The day of the notice', noticeOn, today);
	},
	biodiversity: (said, of) => (said.applies ? whyNotGain(said, of) : whyNotExempt(said)),
	feeBasis: (basis, { today }) => whyNotThisBasis(basis, today)
};

function whyNotExempt({ exemption }: Value<'biodiversity'>): string | null {
	return exemption === null ? 'Choose why the biodiversity gain condition does not apply.' : null;
}

function whyNotGain(said: Value<'biodiversity'>, { today, receivedOn }: FactsOf): string | null {
	if (said.exemption !== null)
		return 'An exemption is chosen, though the condition applies. Take one of them back.';
	if (said.value === null) return 'Give the biodiversity value before development, in units.';
	if (said.value < 0) return 'The biodiversity value before development is less than nothing.';
	if (said.valueOn === null) return 'Give the day of the biodiversity value before development.';
	if (said.metricOn === null) return 'Give the day on which the metric used was published.';
	if (said.valueOn < receivedOn && said.earlierReason.trim() === '')
		return 'The day of the value is before the application was received: say why an earlier day is right.';
	return (
		notAhead('The day of the value', said.valueOn, today) ??
		notAhead('The day of the metric', said.metricOn, today)
	);
}

const notAhead = (what: string, day: string | null, today: string): string | null =>
	day !== null && day > today ? `${what} is in the future.` : null;

/** What is wrong with a fact that somebody wants to record, as a sentence; null when nothing is. */
export function whyNotThisFact<F extends FactName>(
	name: F,
	value: CaseFacts[F],
	of: FactsOf
): string | null {
	const check = checks[name];
	return value === null || check === undefined ? null : check(value, of);
}

/** What else an officer ought to know of a recorded fact: nothing here stops anything. */
export function warningsOf(facts: CaseFacts, { receivedOn }: FactsOf): string[] {
	const said: string[] = [];
	const { ownership, agriculture, eia, biodiversity } = facts;
	if (ownership?.certificate === 'none')
		said.push('No ownership certificate was given (DMPO 2015 article 14).');
	for (const notice of [ownership?.noticeOn, agriculture?.noticeOn])
		if (notice !== null && notice !== undefined) {
			const until = addDays(notice, 21);
			if (notice > receivedOn)
				said.push(
					`Notice was given on a later day than the application was received (${notice}); it belongs before it.`
				);
			said.push(
				`Not to be decided before ${until}: 21 days after the last notice (the figure is not yet checked against DMPO 2015).`
			);
		}
	if (agriculture?.holding === 'missing')
		said.push('Nothing was said of agricultural holdings (DMPO 2015 article 14).');
	if (eia?.outcome === 'required')
		said.push('An EIA application is decided in 16 weeks, and needs an environmental statement.');
	if (biodiversity?.irreplaceable === true)
		said.push('There is irreplaceable habitat on the site.');
	return said;
}
