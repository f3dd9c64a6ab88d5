import { withTables } from '#lib/local/device.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { unlock, type Unlocked } from '#lib/local/unlock.ts';
import { firstKeys, forgottenPin } from '#lib/sync/lease.ts';
import type { RegisterClient } from '#lib/sync/transport.ts';
import { sentenceFor } from '../sentence-for.ts';
import type { AtTheDoor } from './at-the-door.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { askPasskey, NoPasskey } from './passkey.ts';
import { isUnreachable } from './unreachable.ts';

/** What a way in came to: the key, or why there is none; `words` are for the officer. */
export type Got = Unlocked | { is: 'not-possible'; words: string };

/** How the officer at the door gets the key of their copy. */
export class WaysIn {
	readonly #officers: KnownOfficers;
	readonly #register: RegisterClient;
	readonly #lease: LeaseKeeper;

	constructor(officers: KnownOfficers, register: RegisterClient, lease: LeaseKeeper) {
		this.#officers = officers;
		this.#register = register;
		this.#lease = lease;
	}

	/** The first PIN of an officer on this browser. */
	async byFirstPin(at: AtTheDoor, pin: string): Promise<Got> {
		try {
			const deviceId = await withTables({ officer: at }, (_db, deviceId) =>
				Promise.resolve(deviceId)
			);
			const owner = { officerId: at.id, deviceId };
			const key = await firstKeys(this.#officers, this.#register, pin, owner, Date.now);
			return key === null ? await this.byPin(at, pin) : { is: 'unlocked', key };
		} catch (error) {
			return { is: 'not-possible', words: whyNoPinNow(error) };
		}
	}

	/** Another PIN for who forgot the one before, and has just signed in. */
	async byAnotherPin(at: AtTheDoor, pin: string): Promise<Got> {
		try {
			if (!(await forgottenPin(this.#officers, this.#register, at.id, pin)))
				return { is: 'expired' };
		} catch (error) {
			return { is: 'not-possible', words: whyNoPinNow(error) };
		}
		return this.byPin(at, pin);
	}

	async byPin(at: AtTheDoor, pin: string): Promise<Got> {
		const result = await unlock(this.#officers, at.id, { pin }, Date.now());
		if (result.is !== 'unlocked' && result.is !== 'locked') await this.#lease.tellOfWrongPin(at.id);
		return result;
	}

	async byPasskey(at: AtTheDoor): Promise<Got> {
		const passkey = (await this.#officers.keys(at.id))?.passkey ?? null;
		if (passkey === null) return { is: 'not-possible', words: noPasskeyHere };
		try {
			const secret = { passkey: await askPasskey(passkey) };
			const result = await unlock(this.#officers, at.id, secret, Date.now());
			return result.is === 'wrong' ? { is: 'not-possible', words: otherPasskey } : result;
		} catch (error) {
			if (!(error instanceof NoPasskey)) throw error;
			return { is: 'not-possible', words: error.message };
		}
	}
}

const noPasskeyHere = 'No passkey unlocks this tablet any more. Enter your PIN.';
const otherPasskey = 'This passkey does not unlock what is on this tablet. Enter your PIN.';

const whyNoPinNow = (error: unknown): string =>
	isUnreachable(error)
		? 'The council’s register cannot be reached. Choosing a PIN needs a connection once. Check it and try again.'
		: sentenceFor(error);
