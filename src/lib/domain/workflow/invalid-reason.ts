import { z } from 'zod';
import { calendarDate, words } from '../primitives.ts';

/** What alone can make an application invalid: the law, or a local list that the council has adopted (TCPA 1990 section 62; DMPO 2015 article 11(3)). */
export const basisKinds = {
	statute: 'The law',
	'local-list': 'The council’s adopted local list'
} as const;
export type BasisKind = keyof typeof basisKinds;

/** A reason for which an application is invalid, as the applicant reads it. */
export const invalidReason = z.strictObject({
	/** what found it: a task, a rule, or `own` */
	from: words(100),
	words: words(4_000),
	basis: z.strictObject({
		kind: z.enum(Object.keys(basisKinds) as [BasisKind, ...BasisKind[]]),
		/** article, section or entry of the list */
		citation: words(500),
		/** the day on which the local list was adopted; null for the law */
		adoptedOn: calendarDate.nullable()
	}),
	/** what would mend it */
	remedy: words(4_000)
});
export type InvalidReason = z.infer<typeof invalidReason>;

/** A local list counts for two years from its adoption (DMPO 2015 article 11(3)(b): published within two years before the application). */
export const localListYears = 2;

/** Whether a list adopted on one day is in date for an application received on another. */
export function isListInDate(adoptedOn: string, receivedOn: string): boolean {
	const until = `${String(Number(adoptedOn.slice(0, 4)) + localListYears)}${adoptedOn.slice(4)}`;
	return adoptedOn <= receivedOn && receivedOn <= until;
}

/** What is wrong with a reason, as a sentence; null when it may make the application invalid. */
export function whyNotThisReason(reason: InvalidReason, receivedOn: string): string | null {
	const { basis } = reason;
	if (reason.words.trim() === '') return 'Write what is missing or wrong.';
	const said = `“${reason.words.trim().slice(0, 80)}”`;
	if (basis.citation.trim() === '')
		return `${said} needs its basis: the article, section or entry of the local list that asks for it.`;
	if (basis.kind === 'statute') return null;
	if (basis.adoptedOn === null)
		return `${said} rests on the local list: give the day on which the list was adopted.`;
	return isListInDate(basis.adoptedOn, receivedOn)
		? null
		: `${said} rests on a local list that was not in date when the application was received. It may be asked for, and may not make the application invalid.`;
}
