import type { KnownOfficer, KnownOfficers } from '#lib/local/known-officers.ts';
import { mayTry, type NotUnlocked } from '#lib/local/unlock.ts';

/** Whose PIN is asked for, or chosen. */
export interface AtTheDoor {
	id: string;
	name: string;
	council: string;
}

/** What choosing or giving a PIN came to; `words` are for the officer. */
export type PinAnswer = { is: 'open' } | NotUnlocked | { is: 'not-possible'; words: string };

export const doorOf = ({ officerId, name, council }: KnownOfficer): AtTheDoor => ({
	id: officerId,
	name,
	council
});

/** The officers who can come in on this browser without the register, last seen first. */
export async function whoMayComeIn(officers: KnownOfficers): Promise<KnownOfficer[]> {
	const all = await officers.all();
	const rows = await Promise.all(all.map((one) => officers.keys(one.officerId)));
	return all.filter((_, n) => {
		const row = rows[n];
		return row !== undefined && mayTry(row) === null;
	});
}
