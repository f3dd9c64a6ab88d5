import { z } from 'zod';
import { inWords } from '../clock/calendar-day.ts';
import { calendarDate, words } from '../primitives.ts';
import { feeHead, feeHeadNames, unitWords } from './fee-table.ts';
import { pounds } from './pounds.ts';

/** When nothing is due, and the last day of receipt that it applied to. */
export const exemptions = {
	disability: {
		words: 'For the access, safety, health or comfort of a disabled person',
		source: 'SI 2012/2920, regulation 4',
		until: null
	},
	resubmission: {
		words: 'First revised application within twelve months (the “free go”)',
		source: 'SI 2012/2920, regulation 9; ended for first applications made from 6 December 2023',
		until: '2024-12-05'
	}
} as const;

export const reductions = {
	parishCouncil: {
		words: 'Made by a parish or community council: half',
		source: 'SI 2012/2920, Schedule 1'
	}
} as const;

/** More than any fee there is, in pence: a slip of the hand is noticed. */
export const highestSum = 100_000_000;
const pence = z.int().min(0).max(highestSum);

/** One category of the fees regulations that the application falls in, and how much of it. */
const feePart = z.strictObject({
	head: z.enum(feeHeadNames),
	/** in the head's unit, exact and not rounded up (0.61 ha is 6.1); null where the head has no unit or it is not known */
	quantity: z.number().nonnegative().max(1_000_000).nullable()
});
export type FeePart = z.infer<typeof feePart>;

/** What a fee is reckoned from: found in the application, or recorded by an officer. */
export const feeBasis = z.strictObject({
	parts: z.array(feePart).max(10),
	/** proposals for one site made on one day, of which the applicant wants one: the highest and half of the others */
	alternatives: z.boolean(),
	/** half: a certificate for a proposed use or works */
	share: z.enum(['whole', 'half']),
	/** nothing is due; an officer has seen the evidence */
	exemption: z.enum(['disability', 'resubmission']).nullable(),
	reduction: z.enum(['parishCouncil']).nullable(),
	/** the day whose fees apply, where an officer names it; null: as it is reckoned */
	day: calendarDate.nullable(),
	/** pence: what is due where no table says it; `note` says why */
	stated: pence.nullable(),
	note: words(2_000)
});
export type FeeBasis = z.infer<typeof feeBasis>;

/** What is wrong with a basis that an officer wants to record, as a sentence; null when nothing is. */
export function whyNotThisBasis(
	{ parts, alternatives, exemption, day, stated, note }: FeeBasis,
	today: string
): string | null {
	if (stated !== null && note.trim() === '') return 'Say why this fee is due: no table says so.';
	if (stated === null && parts.length === 0) return 'Choose the category of the application.';
	if (alternatives && parts.length < 2)
		return 'Alternative proposals are two or more: add the others, or take the mark out.';
	for (const { head, quantity } of parts) {
		const { unit, words: called } = feeHead(head);
		if (stated === null && unit !== 'none' && (quantity === null || quantity <= 0))
			return `${called}: give the number of ${unitWords[unit]}, more than nothing.`;
	}
	if (day !== null && day > today)
		return `The day whose fees apply is in the future: ${inWords(day)}.`;
	const until = exemption === null ? null : exemptions[exemption].until;
	if (until !== null && day !== null && day > until)
		return `This exemption ended on ${inWords(until)}.`;
	return null;
}

/** A basis as officers read it. */
export function feeBasisWords(basis: FeeBasis, day: (iso: string) => string = inWords): string[] {
	const { parts, alternatives, share, exemption, reduction, stated, note } = basis;
	return [
		...(stated === null ? [] : [`${pounds(stated)} is due`]),
		...parts.map(({ head, quantity }) => {
			const { words: called, unit } = feeHead(head);
			return unit === 'none' ? called : `${called}: ${String(quantity)} ${unitWords[unit]}`;
		}),
		...(alternatives ? ['alternative proposals'] : []),
		...(share === 'half' ? ['half'] : []),
		...(exemption === null ? [] : [exemptions[exemption].words]),
		...(reduction === null ? [] : [reductions[reduction].words]),
		...(basis.day === null ? [] : [`fees of ${day(basis.day)}`]),
		...(note.trim() === '' ? [] : [note.trim()])
	];
}
