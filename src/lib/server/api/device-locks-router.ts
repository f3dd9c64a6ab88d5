import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import { deviceLock } from '#lib/server/sealing/schema.ts';
import { DeviceLocks, orders } from '#lib/server/sealing/device-locks.ts';
import { allowedTo, done, router } from './procedure.ts';

/** A lost device is locked, and opened again when it is found; or sealed and wiped (decision 013). */
export const deviceLocksRouter = router({
	/** Devices that an administrator has said something of, or that were given wrong PINs. */
	list: allowedTo('administer-devices').query(({ ctx: { council } }) =>
		council.register.connection.orm.select().from(deviceLock).all()
	),

	/**
	 * Locking signs the officer out everywhere in the same act, and deletes nothing on the device. One that
	 * is to be wiped hands over first what the register does not have.
	 */
	set: allowedTo('administer-devices')
		.input(z.strictObject({ device: id, standing: z.enum(orders) }))
		.mutation(({ ctx, input }) =>
			done(
				new DeviceLocks(ctx.council.register).set(
					input.device,
					input.standing,
					ctx.officer.id,
					ctx.now()
				)
					? { standing: input.standing }
					: {
							notDone:
								'The register does not know this device, or it has been wiped already. Reload the page.'
						}
			)
		)
});
