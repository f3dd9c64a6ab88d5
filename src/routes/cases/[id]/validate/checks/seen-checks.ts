import type { CheckResult } from '#lib/domain/validation/run-checks.ts';

/** How each check came out when this officer last looked: rule → outcome and what was to be seen. */
type Look = Record<string, string>;

const mostCases = 200;
const keyOf = (officerId: string) => `bops-checks-look:${officerId}`;
const line = ({ outcome, seen }: CheckResult) => `${outcome} ${seen}`;

const all = (officerId: string): [string, Look][] => {
	const text = localStorage.getItem(keyOf(officerId));
	return text === null ? [] : (JSON.parse(text) as [string, Look][]);
};

/** What this officer saw last of a case's checks; undefined when they never looked, or long ago. */
export const lastSeen = (officerId: string, caseId: string): Look | undefined =>
	all(officerId).find(([id]) => id === caseId)?.[1];

/**
 * Keeps what is on screen as seen. A convenience of the device, like the list's "changed since you
 * looked": rule names and outcomes only, so it is neither sent nor sealed. Oldest cases go first.
 */
export function keepSeen(officerId: string, caseId: string, results: readonly CheckResult[]): void {
	const look: Look = Object.fromEntries(results.map((one) => [one.id, line(one)]));
	const others = all(officerId).filter(([id]) => id !== caseId);
	localStorage.setItem(
		keyOf(officerId),
		JSON.stringify([...others, [caseId, look]].slice(-mostCases))
	);
}

/** Checks that came out otherwise, or over something else, than when they were last looked at. */
export const changedSince = (
	results: readonly CheckResult[],
	before: Look | undefined
): ReadonlySet<string> =>
	new Set(
		before === undefined
			? []
			: results.filter((one) => before[one.id] !== line(one)).map(({ id }) => id)
	);

/** Rules that were on screen and no longer apply. */
export const goneSince = (results: readonly CheckResult[], before: Look | undefined): string[] => {
	const now = new Set(results.map(({ id }) => id));
	return Object.keys(before ?? {}).filter((id) => !now.has(id));
};
