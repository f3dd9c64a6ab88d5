import { z } from 'zod';
import { envelope } from '#lib/commands/envelope.ts';
import { refusalSentence, refuse, type RefusalCode } from '#lib/domain/refusal.ts';
import { confirmWaitingBytes } from '#lib/server/blobs/received.ts';
import type { Quarantined } from '#lib/server/register/quarantine.ts';
import { allowedTo, done, router } from './procedure.ts';

/** What the register could not decide on, for the team leader. */
export const quarantineRouter = router({
	list: allowedTo('decide-quarantine')
		.input(z.strictObject({ state: z.enum(['waiting', 'accepted', 'declined']).nullable() }))
		.query(({ ctx: { council }, input }) =>
			council.register.quarantined(input.state).map((row) => ({
				...shown(row),
				reference:
					row.caseId === null
						? null
						: (council.register.caseFile(row.caseId).case?.reference ?? null)
			}))
		),

	accept: allowedTo('decide-quarantine')
		.input(z.strictObject({ id: z.string().max(100) }))
		.mutation(({ ctx, input }) => {
			const { register } = ctx.council;
			const accepted = done(register.acceptQuarantined(input.id, ctx.officer));
			// its photographs may have come before it was accepted
			confirmWaitingBytes(register);
			return accepted;
		}),

	decline: allowedTo('decide-quarantine')
		.input(z.strictObject({ id: z.string().max(100), reason: z.string().min(1).max(2_000) }))
		.mutation(({ ctx, input }) =>
			done(ctx.council.register.declineQuarantined(input.id, ctx.officer, input.reason))
		)
});

/** One item as a person decides on it: what was sent, by whom, and why it waits. */
function shown(row: Quarantined) {
	const { id, commandId, caseId, actor, sentBy, state, receivedAt, decidedBy, decidedAt, reason } =
		row;
	const raw: unknown = JSON.parse(row.envelope);
	const read = envelope.safeParse(raw);
	return {
		id,
		commandId,
		caseId,
		actor,
		sentBy,
		state,
		receivedAt,
		decidedBy,
		decidedAt,
		reason,
		why: refusalSentence(refuse(row.code as RefusalCode, row.detail ?? undefined)),
		/** null when the register could not read what was sent; `raw` then still holds it */
		command: read.success
			? {
					name: read.data.name,
					payload: read.data.payload,
					capturedAt: read.data.captured.wall,
					device: read.data.device
				}
			: null,
		raw: read.success ? null : row.envelope,
		/** words that were being typed on a tablet that did not get through: to be read, no command */
		unfinished: unfinishedWords(raw)
	};
}

const unfinished = z.object({ payload: z.object({ unfinished: z.string() }) });
const unfinishedWords = (raw: unknown): string | null =>
	unfinished.safeParse(raw).data?.payload.unfinished ?? null;
