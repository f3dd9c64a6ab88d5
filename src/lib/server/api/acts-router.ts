import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { worksOffline } from '#lib/commands/command.ts';
import { envelope, type Answer } from '#lib/commands/envelope.ts';
import { commands } from '#lib/commands/index.ts';
import { allowedTo, router } from './procedure.ts';

/**
 * Acts with effect outside the council: done at the register, never kept for later on a device.
 * Whether this officer may do this one is the command's own permission to say.
 */
export const actsRouter = router({
	perform: allowedTo('see-cases')
		.input(z.strictObject({ command: envelope }))
		.mutation(({ ctx, input: { command: sent } }): Answer => {
			const command = commands.get(sent.name);
			const payload = command?.payload.safeParse(sent.payload);
			if (command === undefined || payload?.success !== true)
				throw new TRPCError({ code: 'BAD_REQUEST', message: 'What was sent could not be read.' });
			if (worksOffline(command, payload.data))
				throw new TRPCError({
					code: 'BAD_REQUEST',
					message: 'This is done on the device and carried from there.'
				});
			const [answer] = ctx.council.register.performEnvelopes(ctx.officer, [sent]);
			if (answer === undefined) throw new Error('the register gave no answer');
			return answer;
		})
});
