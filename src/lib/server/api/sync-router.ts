import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { keptByDevice, pullRequest, pushBudget, pushRequest } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { id } from '#lib/domain/primitives.ts';
import type { Council } from '#lib/server/installation.ts';
import { pace } from './pace.ts';
import { allowedTo, done, router } from './procedure.ts';

/**
 * Pushes of one device. One that carries as fast as the register answers stays far below it,
 * because each push takes fifty commands.
 */
const pushPace = pace(600, 60, 'This device sends too often.');

async function withinBudget(council: string, device: string, bytes: number): Promise<void> {
	if (bytes > pushBudget.bytes)
		throw new TRPCError({
			code: 'PAYLOAD_TOO_LARGE',
			message: 'This is more than the register takes in one go. Send it in smaller parts.'
		});
	await pushPace(`${council} ${device}`);
}

const anotherOfficers = {
	notDone: 'This device’s copy belongs to another officer, who has to sign in.'
};

/**
 * A browser has one session and may have the copies of several officers: what is carried
 * for one of them under another's session would mix two officers' work.
 */
function ownDevice({ council, officer }: { council: Council; officer: Officer }, device: string) {
	const owner = council.register.ownerOf(device);
	if (owner !== null && owner !== officer.id) done(anotherOfficers);
}

/**
 * As `pushRequest`, but each envelope is judged by itself when it is performed: one that cannot
 * be read is set aside for a person, and the others of the same push go through.
 */
const sentPush = pushRequest.extend({
	commands: z
		.array(
			z.strictObject({
				envelope: z.looseObject({ id: z.string().min(1).max(100) }),
				receipt: z.string().max(1_000).nullable()
			})
		)
		.max(pushBudget.commands)
});

/** What devices do by themselves: carry commands up and changes down (docs/sync.md). */
export const syncRouter = router({
	push: allowedTo('see-cases')
		.input(sentPush)
		.mutation(async ({ ctx, input }) => {
			ownDevice(ctx, input.device);
			await withinBudget(
				ctx.council.code,
				input.device,
				Buffer.byteLength(JSON.stringify(input.commands))
			);
			return ctx.council.register.push(ctx.officer, input);
		}),

	pull: allowedTo('see-cases')
		.input(pullRequest)
		.query(({ ctx, input }) => {
			ownDevice(ctx, input.device);
			return ctx.council.register.pull(ctx.officer, input);
		}),

	neverReceived: allowedTo('see-cases')
		.input(keptByDevice)
		.query(({ ctx, input: { device, ...kept } }) => {
			ownDevice(ctx, device);
			return ctx.council.register.neverReceived(device, kept);
		}),

	registerDevice: allowedTo('see-cases')
		.input(z.strictObject({ device: id }))
		.mutation(({ ctx, input }) =>
			done(ctx.council.register.registerDevice(ctx.officer, input.device) ?? anotherOfficers)
		)
});
