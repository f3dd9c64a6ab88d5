import { pounds } from './pounds.ts';
import type { FeeReckoning } from './reckon-fee.ts';

/** How what was paid stands to what is due. */
export interface FeeComparison {
	is: 'right' | 'underpaid' | 'overpaid' | 'needs-person';
	/** pence paid less pence due; null while nobody can say what is due, or what was paid */
	difference: number | null;
	/** for the officer */
	sentence: string;
}

/**
 * Compares what was paid with what is due. A figure that nobody has checked cannot make an
 * application invalid: a difference from it is for a person.
 *
 * @param paid pence; null when nothing shows what was paid
 */
export function compareFee(
	{ due, asks, unverified }: Pick<FeeReckoning, 'due' | 'asks' | 'unverified'>,
	paid: number | null
): FeeComparison {
	if (due === null)
		return {
			is: 'needs-person',
			difference: null,
			sentence: `A person has to say what is due. ${asks.join(' ')}`
		};
	if (paid === null)
		return due === 0
			? { is: 'right', difference: 0, sentence: 'No fee is due.' }
			: {
					is: 'needs-person',
					difference: null,
					sentence: `${pounds(due)} is due; nothing shows what was paid.`
				};
	const difference = paid - due;
	if (difference === 0)
		return {
			is: 'right',
			difference,
			sentence: due === 0 ? 'No fee is due.' : `${pounds(due)} is due and was paid.`
		};
	const sentence =
		difference < 0
			? `${pounds(due)} is due and ${pounds(paid)} was paid: ${pounds(-difference)} is missing.`
			: `${pounds(due)} is due and ${pounds(paid)} was paid: ${pounds(difference)} is to be paid back.`;
	return unverified.length > 0
		? {
				is: 'needs-person',
				difference,
				sentence: `${sentence} The figure is not verified: check it first.`
			}
		: { is: difference < 0 ? 'underpaid' : 'overpaid', difference, sentence };
}
