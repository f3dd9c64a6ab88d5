/**
 * One thing known, or not known, of a proposal. `from` says where it was read: a path in the
 * submission (`data.proposal.units.total`), or, in words that stand after "from", another place
 * of the case (`the application type`).
 */
export type Fact<T> =
	{ known: true; value: T; from: string } | { known: false; from: string | null };

export const known = <T>(value: T, from: string): Fact<T> => ({ known: true, value, from });

/** Nobody has said it. `from`: the place where it was looked for, when there was something unusable. */
export const unknown = (from: string | null = null): Fact<never> => ({ known: false, from });

/** The value, or null while it is not known. */
export const valueOf = <T>(fact: Fact<T>): T | null => (fact.known ? fact.value : null);

/** The first that is known; else the first. */
export const firstKnown = <T>(first: Fact<T>, ...others: Fact<T>[]): Fact<T> =>
	[first, ...others].find((fact) => fact.known) ?? first;

/** Another fact made from one, known whenever that one is. */
export const mapFact = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
	fact.known ? known(change(fact.value), fact.from) : fact;

/** Whether any is true: true if one is known to be, false if all are known not to be. */
export function anyTrue(...facts: Fact<boolean>[]): Fact<boolean> {
	const met = facts.find((fact) => fact.known && fact.value);
	if (met !== undefined) return met;
	return facts.find((fact) => !fact.known) ?? facts[0] ?? unknown();
}

/** An answer that cannot be what it should be: it counts as not given, and a person is told. */
export interface FactProblem {
	/** path in the submission */
	path: string;
	/** a sentence: what was given, and what it should have been */
	problem: string;
}
