import {
	certificates,
	cilLiabilities,
	councilInterests,
	eiaOutcomes,
	gainExemptions,
	holdings,
	type CaseFacts,
	type FactName
} from './case-facts.ts';
import { feeBasisWords } from '../fee/fee-basis.ts';
import { developmentTypes } from './development-type.ts';

/** Says a day as the reader writes days; pages pass their own way. */
type DayWords = (day: string) => string;
type Say<F extends FactName> = (value: NonNullable<CaseFacts[F]>, day: DayWords) => string[];

const on = (what: string, day: string | null, say: DayWords): string[] =>
	day === null ? [] : [`${what} ${say(day)}`];
const said = (note: string): string[] => (note.trim() === '' ? [] : [note.trim()]);

const sayings: { [F in FactName]: Say<F> } = {
	developmentType: (code) => [`${code}: ${developmentTypes[code]}`],
	eia: ({ outcome, screenedOn, note }, day) => [
		eiaOutcomes[outcome],
		...on('screening opinion of', screenedOn, day),
		...said(note)
	],
	cil: ({ liability, note }) => [cilLiabilities[liability], ...said(note)],
	ownership: ({ certificate, noticeOn, newspaperOn, note }, day) => [
		certificates[certificate],
		...on('last notice given on', noticeOn, day),
		...on('in a newspaper on', newspaperOn, day),
		...said(note)
	],
	agriculture: ({ holding, noticeOn, note }, day) => [
		holdings[holding],
		...on('last notice given on', noticeOn, day),
		...said(note)
	],
	councilInterest: (interest) => [councilInterests[interest]],
	biodiversity: (gain, day) =>
		gain.applies
			? [
					'The biodiversity gain condition applies',
					`${String(gain.value)} units before development`,
					...on('as on', gain.valueOn, day),
					...on('metric published on', gain.metricOn, day),
					...said(gain.earlierReason),
					...(gain.degraded ? ['habitat lost or degraded after 30 January 2020'] : []),
					...(gain.irreplaceable ? ['irreplaceable habitat on the site'] : []),
					...said(gain.note)
				]
			: [
					`Exempt: ${gain.exemption === null ? 'no reason given' : gainExemptions[gain.exemption]}`,
					...said(gain.note)
				],
	feeBasis: feeBasisWords
};

/** A recorded fact as an officer reads it, on one line. */
export function factValueWords<F extends FactName>(
	name: F,
	value: NonNullable<CaseFacts[F]>,
	day: DayWords = (iso) => iso
): string {
	return sayings[name](value, day).join('; ');
}
