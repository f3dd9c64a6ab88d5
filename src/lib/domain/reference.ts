/** Parts of a council's reference: `26-00100-HAPP`. Year and number never change; the suffix follows the type. */
export interface Reference {
	/** four digits */
	year: number;
	/** the council's own running number, never restarted and never given twice */
	number: number;
	suffix: string;
}

/** `{ year: 2026, number: 100, suffix: 'HAPP' }` → `26-00100-HAPP` */
export const formatReference = ({ year, number, suffix }: Reference): string =>
	`${String(year % 100).padStart(2, '0')}-${String(number).padStart(5, '0')}-${suffix}`;

const pattern =
	/^(?:(?<council>[A-Z]{2,4})[\s/.–-]+)?(?<year>\d{2}|20\d{2})[\s/.–-]+(?<number>\d{1,9})[\s/.–-]+(?<suffix>[A-Z0-9]{2,6})$/;

/**
 * Reads a reference as people write it: with the council's code in front, in lower case, with
 * slashes, without the leading zeros. Null for anything else.
 */
export function parseReference(text: string): (Reference & { council: string | null }) | null {
	if (text.length > 60) return null;
	const groups = pattern.exec(text.trim().toUpperCase())?.groups;
	if (groups === undefined) return null;
	const { council, year, number, suffix } = groups;
	return {
		council: council ?? null,
		year: 2000 + (Number(year) % 100),
		number: Number(number),
		suffix: suffix ?? ''
	};
}

/** The same case under another type: year and number stay. A reference of another system stays whole. */
export function withSuffix(reference: string, suffix: string): string {
	const parsed = parseReference(reference);
	return parsed === null ? reference : formatReference({ ...parsed, suffix });
}

/** What a case is called until the register has given it a reference: `NEW-JB-7F3A1C`. */
export const provisionalLabel = (initials: string, caseId: string): string =>
	`NEW-${initials}-${caseId.slice(-6).toUpperCase()}`;
