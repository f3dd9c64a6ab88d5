import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { audited } from '#lib/server/register/audited.ts';
import { BoxNotOpened, sealOf } from '#lib/server/sealing/council-seal.ts';
import { boxHash, DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { allowedTo, done, router, type ApiContext } from './procedure.ts';

/** A forgotten PIN is replaced only by somebody who has just proven who they are, milliseconds. */
const justNow = 10 * 60 * 1000;

const box = z.base64().max(400);
const device = z.strictObject({ device: id });
const anothers = { notDone: 'This device’s copy belongs to another officer, who has to sign in.' };

type Asking = ApiContext & { officer: Officer };

/** Makes the device known, and theirs, before anything is said of its keys. */
function locksOf({ council, officer }: Asking, deviceId: string): DeviceLocks {
	done(council.register.registerDevice(officer, deviceId) ?? anothers);
	return new DeviceLocks(council.register);
}

/** The register's part in the keys of a device (decision 013). */
export const keysRouter = router({
	/** The first time: the register's halves and the council's public key. */
	enrol: allowedTo('see-cases')
		.input(device)
		.mutation(async ({ ctx, input }) => {
			const locks = locksOf(ctx, input.device);
			if (locks.standing(input.device) !== 'good') done(lockedWords);
			return {
				halves: locks.halves(input.device, ctx.officer.id),
				councilKey: await sealOf(ctx.council).publicKey()
			};
		}),

	/** The register has seen that it can open the device's box, and says so for later. */
	vouch: allowedTo('see-cases')
		.input(device.extend({ box }))
		.mutation(async ({ ctx, input }) => {
			const locks = locksOf(ctx, input.device);
			const bytes = Buffer.from(input.box, 'base64');
			await opened(ctx, input.device, bytes);
			return { voucher: locks.voucher(input.device, ctx.officer.id, boxHash(bytes)) };
		}),

	/** Each contact begins the lease again; a locked device, or one with too many wrong PINs, gets nothing. */
	lease: allowedTo('see-cases')
		.input(device.extend({ pinWasRight: z.boolean() }))
		.mutation(({ ctx, input }) => {
			const locks = locksOf(ctx, input.device);
			const standing = locks.standing(input.device);
			if (standing !== 'good') return { standing, halves: [] };
			if (!locks.mayHave(input.device, ctx.signedInAt ?? new Date(0)))
				return { standing: 'sign-in' as const, halves: [] };
			if (input.pinWasRight) locks.forgetWrongPins(input.device);
			return { standing, halves: locks.halves(input.device, ctx.officer.id) };
		}),

	wrongPin: allowedTo('see-cases')
		.input(device)
		.mutation(({ ctx, input }) => ({
			wrongPins: locksOf(ctx, input.device).wrongPin(input.device, ctx.now())
		})),

	/** A forgotten PIN: the data key out of the device's box, for its officer who has just signed in. */
	recover: allowedTo('see-cases')
		.input(device.extend({ box }))
		.mutation(async ({ ctx, input }) => {
			const locks = locksOf(ctx, input.device);
			if (locks.standing(input.device) !== 'good') done(lockedWords);
			const since = ctx.now().getTime() - (ctx.signedInAt?.getTime() ?? 0);
			if (since > justNow)
				done({ notDone: 'Sign in again first: a new PIN is only for who has just signed in.' });
			const key = await opened(ctx, input.device, Buffer.from(input.box, 'base64'));
			locks.forgetWrongPins(input.device);
			audited(ctx.council.register, ctx.now(), 'pin-replaced', {
				device: input.device,
				officer: ctx.officer.id
			});
			return { dataKey: key.toString('base64') };
		})
});

const lockedWords = {
	notDone: 'An administrator has locked this tablet. Nothing on it has been deleted. Ask them.'
};

async function opened({ council, officer }: Asking, deviceId: string, bytes: Buffer) {
	try {
		return await sealOf(council).open(bytes, deviceId, officer.id);
	} catch (error) {
		if (!(error instanceof BoxNotOpened)) throw error;
		return done<Buffer>({ notDone: error.message });
	}
}
