import { z } from 'zod';
import { recordsErased } from '#lib/domain/erasure.ts';
import { id } from '#lib/domain/primitives.ts';
import { dropErasedFiles, eraseRecordsOf } from '#lib/server/erasure/erase-records.ts';
import { allowedTo, done, router } from './procedure.ts';

/** Somebody's right to erasure, beyond what they submitted. */
export const erasureRouter = router({
	/** The content of records of a case, for good; their hashes and the act stay. */
	records: allowedTo('erase-records')
		.input(
			z.strictObject({
				caseId: id,
				things: recordsErased.shape.things.max(200),
				reason: z.string().trim().min(1).max(2_000)
			})
		)
		.mutation(({ ctx: { council, officer, now }, input }) => {
			const act = { ...input, now: now() };
			const erased = done(eraseRecordsOf(council.register, officer, act));
			dropErasedFiles(council.register, council.folder);
			return erased;
		})
});
