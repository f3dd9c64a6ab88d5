import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { mostWrongPins, type Standing } from '#lib/commands/council-box.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { audited } from '#lib/server/register/audited.ts';
import type { Register } from '#lib/server/register/register.ts';
import { deviceLock } from './schema.ts';

export type DeviceLock = typeof deviceLock.$inferSelect;

const halfParts = (device: string, officerId: string) => ['device-half', device, officerId];
const voucherParts = (device: string, officerId: string, box: string) => [
	'device-voucher',
	device,
	officerId,
	box
];

/** Lower-case hexadecimal: how a voucher names a box. */
export const boxHash = (box: Uint8Array): string => createHash('sha256').update(box).digest('hex');

/**
 * What the register holds of the keys of its devices: its half, which it makes from its own key
 * and so never loses; its word for each device's box; and what an administrator has said.
 */
export class DeviceLocks {
	readonly #register: Register;

	constructor(register: Register) {
		this.#register = register;
	}

	/** The register's halves of a device's key, base64, newest first. */
	halves(device: string, officerId: string): string[] {
		return this.#register.keys
			.signAll(halfParts(device, officerId))
			.map((half) => Buffer.from(half, 'base64url').toString('base64'));
	}

	/** The register's word that this box is this device's. */
	voucher(device: string, officerId: string, hash: string): string {
		return this.#register.keys.sign(voucherParts(device, officerId, hash));
	}

	isVouched(device: string, officerId: string, hash: string, voucher: string): boolean {
		return this.#register.keys.verify(voucherParts(device, officerId, hash), voucher);
	}

	of(device: string): DeviceLock | undefined {
		return this.#register.connection.orm
			.select()
			.from(deviceLock)
			.where(eq(deviceLock.deviceId, device))
			.get();
	}

	standing(device: string): Standing {
		return this.of(device)?.standing ?? 'good';
	}

	/**
	 * Locks a device, opens it again, or has it sealed and wiped. Its officer is signed out everywhere
	 * in the same act, so that nobody goes on with what is open on it.
	 */
	set(device: string, standing: Standing, by: string, now: Date): boolean {
		return this.#register.transaction(() => {
			const officerId = this.#register.ownerOf(device);
			if (officerId === null) return false;
			this.#put(device, { standing, changedBy: by, changedAt: now.toISOString() });
			if (standing !== 'good') new Sessions(this.#register).endAllOf(officerId);
			audited(this.#register, now, 'device-standing', { device, officer: officerId, standing, by });
			return true;
		});
	}

	/** A wrong PIN was given while the register could be reached. Gives how many there are in a row. */
	wrongPin(device: string, now: Date): number {
		return this.#register.transaction(() => {
			const wrongPins = (this.of(device)?.wrongPins ?? 0) + 1;
			this.#put(device, { wrongPins, lastWrongAt: now.toISOString() });
			if (wrongPins === mostWrongPins)
				audited(this.#register, now, 'too-many-wrong-pins', { device });
			return wrongPins;
		});
	}

	/** After too many wrong PINs the half is handed out only to a session that began since. */
	mayHave(device: string, signedInAt: Date): boolean {
		const lock = this.of(device);
		if (lock === undefined || lock.wrongPins < mostWrongPins) return true;
		return signedInAt.getTime() > Date.parse(lock.lastWrongAt ?? '');
	}

	/** The officer has proven who they are anew, or given the right PIN. */
	forgetWrongPins(device: string): void {
		if ((this.of(device)?.wrongPins ?? 0) > 0) this.#put(device, { wrongPins: 0 });
	}

	#put(device: string, change: Partial<DeviceLock>): void {
		const before = this.of(device);
		const row: DeviceLock = {
			deviceId: device,
			standing: 'good',
			changedBy: null,
			changedAt: null,
			wrongPins: 0,
			lastWrongAt: null,
			...before,
			...change
		};
		this.#register.connection.orm
			.insert(deviceLock)
			.values(row)
			.onConflictDoUpdate({ target: deviceLock.deviceId, set: row })
			.run();
	}
}
