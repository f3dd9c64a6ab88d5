import { z } from 'zod';
import { id, words, writers } from '#lib/domain/primitives.ts';
import type { CheckOutcome } from './check.ts';

/** What an officer says of a check: an answer where software could not tell, or their word over what it found. */
export const officersWords = {
	met: 'It is met',
	'not-met': 'It is not met',
	'not-needed': 'It is not needed here'
} as const;
export type OfficersWord = keyof typeof officersWords;

/**
 * What an officer said of one check of a case. `seen` is the result's name for what was to be
 * seen then: when that changes, the answer no longer covers it and the check is asked again.
 */
export const checkAnswer = z.strictObject({
	/** `<case id>:<rule>` */
	id: z.string().max(200),
	caseId: id,
	/** a rule's id; one that this version does not know is kept */
	rule: z.string().min(1).max(120),
	/** null: taken back */
	value: z
		.strictObject({
			says: z.enum(['met', 'not-met', 'not-needed']),
			/** whether it goes against what the rule found */
			overrides: z.boolean(),
			/** why; an override has one */
			reason: words(4_000),
			seen: z.string().max(64),
			by: z.string().max(100),
			on: z.iso.date()
		})
		.nullable(),
	writers
});
export type CheckAnswer = z.infer<typeof checkAnswer>;

export const checkAnswerId = (caseId: string, rule: string): string => `${caseId}:${rule}`;

/** The outcome that holds, with an officer's word over what was computed. */
export function finalOutcome(
	computed: CheckOutcome,
	/** what this rule is when not met, with the weight its basis has */
	unmet: CheckOutcome,
	value: CheckAnswer['value']
): CheckOutcome {
	if (value === null) return computed;
	return value.says === 'not-met' ? unmet : 'pass';
}
