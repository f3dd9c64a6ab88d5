import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import { deviceLock } from '#lib/server/sealing/schema.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { allowedTo, done, router } from './procedure.ts';

/** A lost device is locked, and opened again when it is found (decision 013). */
export const deviceLocksRouter = router({
	/** Devices that an administrator has said something of, or that were given wrong PINs. */
	list: allowedTo('administer-devices').query(({ ctx: { council } }) =>
		council.register.connection.orm.select().from(deviceLock).all()
	),

	/** Locking signs the officer out everywhere in the same act. Nothing on the device is deleted. */
	set: allowedTo('administer-devices')
		.input(z.strictObject({ device: id, standing: z.enum(['good', 'locked']) }))
		.mutation(({ ctx, input }) =>
			done(
				new DeviceLocks(ctx.council.register).set(
					input.device,
					input.standing,
					ctx.officer.id,
					ctx.now()
				)
					? { standing: input.standing }
					: { notDone: 'The register does not know this device.' }
			)
		)
});
