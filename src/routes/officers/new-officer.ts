import { officer, type Role } from '#lib/domain/officer.ts';

/** What an administrator fills in. */
export interface NewOfficer {
	name: string;
	initials: string;
	email: string;
	roles: Role[];
}

/** What is missing or cannot be taken, by field, in words; none when it can be sent. */
export function problemsOf(given: NewOfficer): Partial<Record<keyof NewOfficer, string>> {
	return {
		...(given.name.trim() === '' ? { name: 'Enter their name' } : {}),
		...(officer.shape.initials.safeParse(given.initials).success
			? {}
			: { initials: 'Enter two or three capital letters, like JB' }),
		...(/^\S+@\S+$/.test(given.email.trim())
			? {}
			: { email: 'Enter an e-mail address, like name@council.gov.uk' }),
		...(given.roles.length === 0 ? { roles: 'Choose at least one role' } : {})
	};
}
