import { inWords } from '../clock/calendar-day.ts';
import type { CouncilRate } from './council-fees.ts';
import { exemptions, reductions, type FeeBasis, type FeePart } from './fee-basis.ts';
import { feeHead, standingWords, unitWords, type Band, type Rate } from './fee-table.ts';
import { pounds } from './pounds.ts';

/** Claims that change the fee in a way no source here establishes. */
const unsettled: Readonly<Record<string, string>> = {
	sports: 'A non-profit sports club pays a flat sum that is not established here.'
};

export interface FeeLine {
	words: string;
	/** pence; what this line adds or takes away */
	pence: number;
	source: string;
}

export interface FeeReckoning {
	day: string;
	lines: FeeLine[];
	/** pence; null when a person has to say what is due */
	due: number | null;
	/** why a person is needed */
	asks: string[];
	/** figures used that nobody has checked against the instrument */
	unverified: string[];
}

/** The fee due on a day, line by line. Pure: same basis, day and rates, same answer. */
export function reckonFee(
	basis: FeeBasis,
	day: string,
	councilRates: readonly CouncilRate[] = [],
	claims: readonly string[] = []
): FeeReckoning {
	const reckoning: FeeReckoning = { day, lines: [], due: null, asks: [], unverified: [] };
	if (basis.stated !== null) {
		const line = { words: 'Said by an officer', pence: basis.stated, source: basis.note };
		return { ...reckoning, lines: [line], due: basis.stated };
	}
	if (basis.parts.length === 0) reckoning.asks.push('Choose the category of the application.');
	for (const claim of claims) {
		const ask = Object.hasOwn(unsettled, claim) ? unsettled[claim] : undefined;
		if (ask !== undefined) reckoning.asks.push(ask);
	}
	const exempt = basis.exemption === null ? null : exemptions[basis.exemption];
	if (exempt !== null && exempt.until !== null && day > exempt.until)
		reckoning.asks.push(
			`${exempt.words}: not available to applications received after ${inWords(exempt.until)} (${exempt.source}).`
		);
	const sums = basis.parts.map((part) => sumOf(part, day, councilRates, reckoning));
	if (reckoning.asks.length > 0) return reckoning;

	let due = inAll(basis, sums, reckoning);
	if (basis.share === 'half')
		due = less(
			due,
			'Certificate for a proposed use or works: half',
			'SI 2012/2920, regulation 11',
			reckoning
		);
	if (basis.reduction !== null) {
		const { words, source } = reductions[basis.reduction];
		due = less(due, words, source, reckoning);
	}
	if (exempt !== null) {
		reckoning.lines.push({ words: exempt.words, pence: -due, source: exempt.source });
		due = 0;
	}
	reckoning.due = due;
	return reckoning;
}

/** What one part costs by itself, pence. What cannot be reckoned is asked of a person. */
function sumOf(
	{ head: name, quantity }: FeePart,
	day: string,
	councilRates: readonly CouncilRate[],
	reckoning: FeeReckoning
): number {
	const head = feeHead(name);
	const rate =
		latest(
			councilRates.filter((one) => one.head === name),
			day
		) ?? latest(head.rates, day);
	if (rate === undefined) {
		const which =
			head.rates[0] === undefined
				? 'No fee is established here'
				: `No fee of ${inWords(day)} is established here`;
		reckoning.asks.push(`${head.words}: ${which}; a person says what is due.`);
		return 0;
	}
	if (head.unit !== 'none' && (quantity === null || quantity <= 0)) {
		reckoning.asks.push(`${head.words}: how many ${unitWords[head.unit]}?`);
		return 0;
	}
	// floating tenths (0.3 ha × 10 = 3.0000000000000004) are not part of another unit
	const units = head.unit === 'none' ? 0 : Math.ceil(Number((quantity ?? 0).toFixed(6)));
	const band = rate.bands.find((one) => one.upTo === null || units <= one.upTo);
	if (band === undefined) throw new Error(`The scale of ${name} ends before ${units}.`);
	const uncapped = band.base * 100 + band.each * 100 * (units - band.over);
	const pence = rate.most === null ? uncapped : Math.min(uncapped, rate.most * 100);
	reckoning.lines.push({
		words: `${head.words}${howMany(head.unit, units, band)}${pence < uncapped ? `, at most ${pounds(pence)}` : ''}`,
		pence,
		source: `${rate.source}, from ${inWords(rate.from)}`
	});
	if (band.standing !== 'published')
		reckoning.unverified.push(`${head.words}: ${standingWords[band.standing]}.`);
	return pence;
}

function howMany(unit: keyof typeof unitWords, units: number, { base, each, over }: Band): string {
	if (unit === 'none') return '';
	const count = `: ${units} ${unitWords[unit]}`;
	if (base === 0) return `${count} at ${pounds(each * 100)} each`;
	return `${count}: ${pounds(base * 100)}, and ${pounds(each * 100)} for each over ${over}`;
}

const latest = <R extends Rate>(rates: readonly R[], day: string): R | undefined =>
	rates
		.filter(({ from }) => from <= day)
		.sort((a, b) => a.from.localeCompare(b.from))
		.at(-1);

function inAll(
	{ alternatives }: FeeBasis,
	sums: readonly number[],
	reckoning: FeeReckoning
): number {
	const all = sums.reduce((sum, one) => sum + one, 0);
	if (!alternatives || sums.length < 2) return all;
	const highest = Math.max(...sums);
	const taken = Math.floor((all - highest) / 2);
	reckoning.lines.push({
		words: 'Alternative proposals for the same land: the highest, and half of the others',
		pence: -taken,
		source: 'SI 2012/2920, Schedule 1'
	});
	return all - taken;
}

/** Half of it; an odd penny stays with the council. */
function less(due: number, words: string, source: string, { lines }: FeeReckoning): number {
	const taken = Math.floor(due / 2);
	lines.push({ words, pence: -taken, source });
	return due - taken;
}
