import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import {
	decideResubmission,
	mendPayload,
	resubmissionDecisions,
	retirePayload,
	retryPayload
} from '#lib/server/intake/desk.ts';
import { listPayloads, openPayload } from '#lib/server/intake/queue.ts';
import { payloadStates } from '#lib/server/intake/schema.ts';
import { allowedTo, done, router } from './procedure.ts';

/** A payload as text; longer ones are mended at the sender's, characters. */
const longestText = 2 * 1024 * 1024;
const reason = z.string().max(2_000);

/** What arrived and could not become a case by itself. */
export const intakeRouter = router({
	list: allowedTo('see-intake')
		.input(
			z.strictObject({
				/** empty: all that waits for a person */
				states: z.array(z.enum(payloadStates)).max(payloadStates.length),
				page: z.number().int().min(1).max(100_000),
				pageSize: z.number().int().min(1).max(100)
			})
		)
		.query(({ ctx, input }) => listPayloads(ctx.council.register, input)),

	read: allowedTo('see-intake')
		.input(z.strictObject({ id }))
		.query(({ ctx, input }) =>
			done(
				openPayload(ctx.council.register, input.id) ?? {
					notDone: 'This is not in the intake queue.'
				}
			)
		),

	mend: allowedTo('mend-intake')
		.input(z.strictObject({ id, text: z.string().max(longestText) }))
		.mutation(({ ctx, input }) =>
			done(
				mendPayload(ctx.council.register, ctx.officer, {
					...input,
					council: ctx.council.code,
					now: ctx.now()
				})
			)
		),

	retry: allowedTo('mend-intake')
		.input(
			z.strictObject({
				id,
				/** file it here although it names another council */
				whateverItNames: z.boolean().default(false)
			})
		)
		.mutation(({ ctx, input }) =>
			done(
				retryPayload(ctx.council.register, ctx.officer, {
					...input,
					council: ctx.council.code,
					now: ctx.now()
				})
			)
		),

	decideResubmission: allowedTo('decide-resubmission')
		.input(z.strictObject({ id, decision: z.enum(resubmissionDecisions), reason }))
		.mutation(({ ctx, input }) =>
			done(decideResubmission(ctx.council.register, ctx.officer, { ...input, now: ctx.now() }))
		),

	/** a retention or erasure act: the bytes go, their hash stays */
	retire: allowedTo('mend-intake')
		.input(z.strictObject({ id, reason: reason.min(1) }))
		.mutation(({ ctx, input }) =>
			done(retirePayload(ctx.council.register, ctx.officer, { ...input, now: ctx.now() }))
		)
});
