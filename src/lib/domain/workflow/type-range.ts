import { applicationType, type Family } from '../application-type.ts';

/**
 * For which application types something holds: the types whose code is one of `to` or begins with
 * it and a dot, without those that `except` names in the same way. `families` adds whole families.
 */
export interface TypeRange {
	families?: readonly Family[];
	to?: readonly string[];
	except?: readonly string[];
}

const begins = (code: string, list: readonly string[] = []): boolean =>
	list.some((one) => code === one || code.startsWith(`${one}.`));

/** Whether a type is in the range; a code that nobody here knows is in every range that names neither family nor code. */
export function isInRange(code: string, { families, to, except }: TypeRange): boolean {
	const type = applicationType(code);
	const asked = type?.successor ?? code;
	if (begins(asked, except)) return false;
	if (families === undefined && to === undefined) return true;
	return begins(asked, to) || (type !== undefined && (families?.includes(type.family) ?? false));
}
