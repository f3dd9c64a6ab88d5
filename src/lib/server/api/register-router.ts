import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import type { Register } from '#lib/server/register/register.ts';
import { searchRegister } from '#lib/server/register/search.ts';
import { pace } from './pace.ts';
import { allowedTo, router } from './procedure.ts';
import { searchInput } from './search-input.ts';

/** A case opened from the register stays on the officer's devices this long, milliseconds. */
const openedFor = 30 * 24 * 60 * 60_000;

/** Searches of one officer: nobody types faster. */
const searchPace = pace(
	300,
	60,
	'These are more searches than the register can do for one person.'
);

export const registerRouter = router({
	/** one page of all the council's cases, whoever has them */
	search: allowedTo('search-register')
		.input(searchInput)
		.query(async ({ ctx: { council, officer }, input }) => {
			await searchPace(`${council.code} ${officer.id}`);
			return searchRegister(council.register, input);
		}),

	/** brings a case, by id or by reference, onto the officer's devices: the next pull holds all of it */
	openCase: allowedTo('see-cases')
		.input(z.strictObject({ caseId: z.string().min(1).max(100) }))
		.mutation(({ ctx: { council, officer, now }, input }) => {
			const caseId = known(council.register, input.caseId);
			if (caseId === null)
				throw new TRPCError({ code: 'NOT_FOUND', message: 'This case is not on the register.' });
			const until = new Date(now().getTime() + openedFor).toISOString();
			council.register.keepInScope(officer.id, caseId, 'opened', until);
			return { caseId, until };
		})
});

const known = (register: Register, asked: string): string | null =>
	id.safeParse(asked).success && register.caseFile(asked).case !== undefined
		? asked
		: register.caseIdFor(asked);
