import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { officer as officerSchema } from '#lib/domain/officer.ts';
import { id } from '#lib/domain/primitives.ts';
import { addOfficer, changeOfficer, newOfficer } from '#lib/server/identity/officers.ts';
import { shortestPassword } from '#lib/server/identity/password.ts';
import { officerSecret } from '#lib/server/identity/schema.ts';
import { setPassword } from '#lib/server/identity/sign-in.ts';
import { allowedTo, done, router } from './procedure.ts';

const password = z
	.string()
	.min(shortestPassword, `a password needs at least ${shortestPassword} characters`)
	.max(200);

/** The council's officers, for its administrators. */
export const officersRouter = router({
	list: allowedTo('administer-officers').query(({ ctx: { council } }) => {
		const withPassword = new Set(
			council.register.connection.orm
				.select({ id: officerSecret.officerId })
				.from(officerSecret)
				.all()
				.map((row) => row.id)
		);
		return [...council.register.officers().values()].map((officer) => ({
			...officer,
			hasPassword: withPassword.has(officer.id),
			devices: council.register
				.devicesOf(officer.id)
				.map(({ letter, lastSeen }) => ({ letter, lastSeen }))
		}));
	}),

	add: allowedTo('administer-officers')
		.input(newOfficer.extend({ password: password.nullable() }))
		.mutation(async ({ ctx, input }) =>
			done(await addOfficer(ctx.council.register, input, ctx.officer.id, ctx.now()))
		),

	setRoles: allowedTo('administer-officers')
		.input(z.strictObject({ officerId: id, roles: officerSchema.shape.roles.min(1) }))
		.mutation(({ ctx, input: { officerId, roles } }) =>
			done(changeOfficer(ctx.council.register, officerId, { roles }, ctx.officer.id))
		),

	/** they have left: signed out everywhere, and what they did stays theirs */
	deactivate: allowedTo('administer-officers')
		.input(z.strictObject({ officerId: id }))
		.mutation(({ ctx, input: { officerId } }) =>
			done(changeOfficer(ctx.council.register, officerId, { active: false }, ctx.officer.id))
		),

	reactivate: allowedTo('administer-officers')
		.input(z.strictObject({ officerId: id }))
		.mutation(({ ctx, input: { officerId } }) =>
			done(changeOfficer(ctx.council.register, officerId, { active: true }, ctx.officer.id))
		),

	setPassword: allowedTo('administer-officers')
		.input(z.strictObject({ officerId: id, password }))
		.mutation(async ({ ctx, input }) => {
			if (!ctx.council.register.officers().has(input.officerId))
				throw new TRPCError({
					code: 'NOT_FOUND',
					message: 'There is no such officer in this council.'
				});
			await setPassword(
				ctx.council.register,
				input.officerId,
				input.password,
				ctx.now(),
				ctx.officer.id
			);
			return { set: true };
		})
});
