import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { mostWrongPins, type Standing } from '#lib/commands/council-box.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { audited } from '#lib/server/register/audited.ts';
import type { Register } from '#lib/server/register/register.ts';
import { writeOrders } from './order-file.ts';
import { deviceLock, type DeviceStep } from './schema.ts';

export type DeviceLock = typeof deviceLock.$inferSelect;

/** What an administrator can order. */
export const orders = ['good', 'locked', 'wipe'] as const satisfies Standing[];
export type Ordered = (typeof orders)[number];
const stepOf = {
	good: 'unlocked',
	locked: 'locked',
	wipe: 'wipe-ordered'
} as const satisfies Record<Ordered, DeviceStep['what']>;

/** What a device does upon the order to be wiped. */
export type DidUponOrder = Extract<DeviceStep['what'], 'met' | 'handed-over' | 'not-all' | 'wiped'>;

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

	/** It is to be wiped, or has been: what is on it may be handed in without a sign-in. */
	isToBeWiped(device: string): boolean {
		return ['wipe', 'wiped'].includes(this.standing(device));
	}

	standing(device: string): Standing {
		return this.of(device)?.standing ?? 'good';
	}

	/**
	 * Locks a device, opens it again, or orders it sealed and wiped. Its officer is signed out everywhere
	 * in the same act, so that nobody goes on with what is open on it. What has been wiped stays wiped.
	 */
	set(device: string, standing: Ordered, by: string, now: Date): boolean {
		return this.#register.transaction(() => {
			const officerId = this.#register.ownerOf(device);
			if (officerId === null || this.standing(device) === 'wiped') return false;
			const at = now.toISOString();
			this.#put(device, {
				standing,
				changedBy: by,
				changedAt: at,
				...this.#after(device, stepOf[standing], at, { by })
			});
			if (standing !== 'good') new Sessions(this.#register).endAllOf(officerId);
			audited(this.#register, now, 'device-standing', { device, officer: officerId, standing, by });
			return true;
		});
	}

	/**
	 * A device that is to be wiped says how far it is. It may say so again: only what is news is noted.
	 * False when no such order stands.
	 */
	did(
		device: string,
		what: DidUponOrder,
		now: Date,
		count: { things: number; not: number } | null = null
	): boolean {
		return this.#register.transaction(() => {
			// wiped before: an older state of its browser has come back, and goes the same way
			if (this.standing(device) === 'wiped') return true;
			if (this.standing(device) !== 'wipe') return false;
			const at = now.toISOString();
			const last = this.of(device)?.steps.findLast((one) => one.what !== 'met');
			const known =
				what === 'met'
					? this.of(device)?.steps.at(-1)?.what !== 'wipe-ordered'
					: last?.what === what && last.not === (count?.not ?? null);
			if (!known) {
				const change = this.#after(device, what, at, { by: null, ...count });
				this.#put(
					device,
					what === 'wiped' ? { ...change, standing: 'wiped', changedAt: at } : change
				);
				audited(this.#register, now, `device-${what}`, { device, ...count });
			}
			return true;
		});
	}

	#after(
		device: string,
		what: DeviceStep['what'],
		at: string,
		more: Pick<DeviceStep, 'by'> & Partial<DeviceStep>
	) {
		const step: DeviceStep = { what, at, things: null, not: null, ...more };
		return { steps: [...(this.of(device)?.steps ?? []), step] };
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
			steps: [],
			...before,
			...change
		};
		this.#register.connection.orm
			.insert(deviceLock)
			.values(row)
			.onConflictDoUpdate({ target: deviceLock.deviceId, set: row })
			.run();
		// on its disk before this is committed: an order outlives whatever becomes of the register
		if (change.steps !== undefined) writeOrders(this.#register);
	}
}
