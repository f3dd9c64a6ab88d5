import { officer as officerSchema, type Officer } from '#lib/domain/officer.ts';
import type { Register } from '#lib/server/register/register.ts';
import { setPassword } from './sign-in.ts';
import { Sessions } from './sessions.ts';

/** Why an act on the list of officers was not done: a sentence for the person who tried. */
export interface NotDone {
	notDone: string;
}

export const newOfficer = officerSchema
	.pick({ name: true, initials: true, email: true, roles: true })
	.extend({
		email: officerSchema.shape.email
			.trim()
			.max(320)
			.regex(/^\S+@\S+$/, 'not an e-mail address'),
		roles: officerSchema.shape.roles.min(1)
	});

/**
 * Adds an officer to the council. Without a password they can only come in by single sign-on.
 * @param by officer id, or `system` for the operator's command
 */
export async function addOfficer(
	register: Register,
	given: Pick<Officer, 'name' | 'initials' | 'email' | 'roles'> & { password: string | null },
	by: string,
	now: Date
): Promise<Officer | NotDone> {
	const { password, ...card } = given;
	const email = card.email.trim();
	for (const one of register.officers().values())
		if (one.email.toLowerCase() === email.toLowerCase())
			return { notDone: `${one.name} already has the e-mail address ${one.email}.` };
	const officer: Officer = { id: register.newId(), ...card, email, active: true };
	register.putOfficer(officer, by);
	if (password !== null) await setPassword(register, officer.id, password, now, by);
	return officer;
}

/** Changes an officer's roles, or whether they work here. Whoever leaves is signed out everywhere at once. */
export function changeOfficer(
	register: Register,
	officerId: string,
	change: Partial<Pick<Officer, 'roles' | 'active'>>,
	by: string
): Officer | NotDone {
	return register.transaction(() => {
		const officer = register.officers().get(officerId);
		if (officer === undefined) return { notDone: 'There is no such officer in this council.' };
		const changed = { ...officer, ...change };
		const others = [...register.officers().values()].filter((one) => one.id !== officerId);
		if (isAdministrator(officer) && !isAdministrator(changed) && !others.some(isAdministrator))
			return {
				notDone: `${officer.name} is the only administrator. Make somebody else one first.`
			};
		register.putOfficer(changed, by);
		if (!changed.active) new Sessions(register).endAllOf(officerId);
		return changed;
	});
}

const isAdministrator = ({ active, roles }: Officer): boolean =>
	active && roles.includes('administrator');
