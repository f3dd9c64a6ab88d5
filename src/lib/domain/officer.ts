import { z } from 'zod';
import { id } from './primitives.ts';

export const roles = ['technician', 'case-officer', 'reviewer', 'administrator'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const roleWords: Record<Role, string> = {
	technician: 'Validation technician',
	'case-officer': 'Case officer',
	reviewer: 'Reviewer (team leader)',
	administrator: 'Administrator'
};

/** What every device of the council knows of an officer. The register alone holds sign-in secrets. */
export const officer = z.strictObject({
	id,
	name: z.string().min(1),
	/** two or three capitals; heads the numbers of this officer's photographs */
	initials: z.string().regex(/^[A-Z]{2,3}$/),
	email: z.string(),
	roles: z.array(role),
	active: z.boolean()
});
export type Officer = z.infer<typeof officer>;
