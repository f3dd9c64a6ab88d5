import { z } from 'zod';
import { calendarDate, words } from '#lib/domain/primitives.ts';
import { requirement } from './requirement.ts';

/** A council's adopted local list, one dated version of it. Never changed: a new one takes its place. */
export const localList = z.strictObject({
	/** the council's code in the list: `local-authority` */
	council: z.string().min(1).max(20),
	title: words(300),
	/** the day it was adopted or last published again; two years from here it counts */
	adoptedOn: calendarDate,
	/** where it is published; null when the file does not say */
	url: z.string().max(2_000).nullable(),
	requirements: z.array(requirement).max(500)
});
export type LocalList = z.infer<typeof localList>;

/** The list adopted last on or before a day; the first there is for an application older than all; null when there is none. */
export const inForceOn = (lists: readonly LocalList[], day: string): LocalList | null => {
	const [first, ...others] = lists.toSorted((a, b) => (a.adoptedOn < b.adoptedOn ? -1 : 1));
	return (
		[first, ...others].findLast((one) => one !== undefined && one.adoptedOn <= day) ?? first ?? null
	);
};
