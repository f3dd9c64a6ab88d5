import { leaseFor, mostWrongPins } from '#lib/commands/council-box.ts';
import {
	boxForCouncil,
	importDataKey,
	newDataKey,
	unwrap,
	wrap,
	type Owner,
	type Wrap
} from './data-key.ts';
import type { KeyRow } from './key-row.ts';
import type { KnownOfficers } from './known-officers.ts';

/** Why a copy was not opened. Nothing of it is ever deleted for any of these. */
export type NotUnlocked =
	| { is: 'wrong'; left: number }
	/** too many wrong PINs: sign in first */
	| { is: 'too-many' }
	/** the lease is over: connect once */
	| { is: 'expired' }
	/** an administrator has locked this device */
	| { is: 'locked' }
	/** an administrator has ordered it to be sealed and wiped */
	| { is: 'wiping' };
export type Unlocked = { is: 'unlocked'; key: CryptoKey } | NotUnlocked;

/** What the register gave this device: its halves and the council's public key. */
export interface Enrolment {
	halves: string[];
	councilKey: string;
}

/** A row of keys without the register's word for its box, and the key to work with. */
export async function makeKeys(
	pin: string,
	owner: Owner,
	{ halves, councilKey }: Enrolment,
	now: number
): Promise<{ row: KeyRow; key: CryptoKey }> {
	const [half] = halves;
	if (half === undefined) throw new Error('The register gave this tablet no half of its key.');
	const made = await newDataKey();
	const [wrapped, box] = await Promise.all([
		wrap(made, pin, half, owner),
		boxForCouncil(made, councilKey, owner)
	]);
	const key = await unwrap(wrapped, pin, [half], owner);
	if (key === null) throw new Error('The new key could not be read back. Nothing was changed.');
	const row: KeyRow = {
		...owner,
		pin: wrapped,
		passkey: null,
		box,
		voucher: '',
		lease: { halves, until: now + leaseFor },
		seenAt: now,
		wrongPins: 0,
		sealed: false,
		standing: 'good',
		signOutDue: false
	};
	return { row, key };
}

/** What opens the copy: what the officer knows, or what their passkey gave (32 bytes). */
export type Secret = { pin: string } | { passkey: ArrayBuffer };

/** Opens with what the officer knows or has; counts a wrong PIN before it is tried, so that no crash forgets it. */
export const unlock = (
	store: KnownOfficers,
	officerId: string,
	secret: Secret,
	now: number
): Promise<Unlocked> => opened(store, officerId, secret, now, false);

async function opened(
	store: KnownOfficers,
	officerId: string,
	secret: Secret,
	now: number,
	extractable: boolean
): Promise<Unlocked> {
	const isPin = 'pin' in secret;
	let no: NotUnlocked | null = null;
	const row = await store.changeKeys(officerId, (row) => {
		endLease(row, now);
		no = mayTry(row);
		if (no === null && isPin) row.wrongPins++;
	});
	if (row === undefined) return { is: 'expired' };
	if (no !== null) return no;
	const with_ = isPin ? row.pin : row.passkey;
	const given = isPin ? secret.pin : secret.passkey;
	const key =
		with_ === null || row.lease === null
			? null
			: await unwrap(with_, given, row.lease.halves, row, extractable);
	if (key === null) {
		const left = mostWrongPins - row.wrongPins;
		if (left > 0) return { is: 'wrong', left };
		await store.changeKeys(officerId, (row) => (row.lease = null));
		return { is: 'too-many' };
	}
	await store.changeKeys(officerId, (row) => (row.wrongPins = 0));
	return { is: 'unlocked', key };
}

/** Why no PIN is tried now; null when one may be. */
export function mayTry(row: KeyRow): NotUnlocked | null {
	if (row.standing === 'wipe') return { is: 'wiping' };
	if (row.standing !== 'good') return { is: 'locked' };
	if (row.wrongPins >= mostWrongPins) return { is: 'too-many' };
	return row.lease === null ? { is: 'expired' } : null;
}

/**
 * Drops the register's half when its time is over. A clock that was set back gains nothing: the
 * latest time it has shown counts.
 */
export function endLease(row: KeyRow, now: number): void {
	row.seenAt = Math.max(row.seenAt, now);
	if (row.lease !== null && row.seenAt >= row.lease.until) row.lease = null;
}

/** The register was met: the lease begins again, from the time of this clock. */
export function renew(row: KeyRow, halves: string[], now: number): void {
	row.lease = { halves, until: now + leaseFor };
	row.seenAt = now;
	row.standing = 'good';
}

/**
 * Another PIN for the same data, because the first was forgotten.
 * @param raw the data key, which the register took out of this device's box
 */
export async function resetPin(
	store: KnownOfficers,
	officerId: string,
	raw: ArrayBuffer,
	after: string
): Promise<boolean> {
	const row = await store.keys(officerId);
	const half = row?.lease?.halves[0];
	if (row === undefined || half === undefined) return false;
	const pin = await wrap(await importDataKey(raw), after, half, row);
	await store.changeKeys(officerId, (row) => {
		row.pin = pin;
		row.wrongPins = 0;
	});
	return true;
}

/** The same data under another secret; the PIN that opens it now is asked for, and counted as at the door. */
async function rewrapped(
	store: KnownOfficers,
	officerId: string,
	pin: string,
	now: number,
	after: () => Promise<string | ArrayBuffer>
): Promise<{ is: 'wrapped'; wrap: Wrap } | NotUnlocked> {
	const before = await opened(store, officerId, { pin }, now, true);
	if (before.is !== 'unlocked') return before;
	const secret = await after();
	const row = await store.keys(officerId);
	const half = row?.lease?.halves[0];
	// locked, or signed out in another window, while the officer was choosing
	if (row === undefined || half === undefined)
		return (row === undefined ? null : mayTry(row)) ?? { is: 'expired' };
	return { is: 'wrapped', wrap: await wrap(before.key, secret, half, row) };
}

/** Another PIN for the same data, by the one before. It needs no register. */
export async function changePin(
	store: KnownOfficers,
	officerId: string,
	before: string,
	after: string,
	now: number
): Promise<{ is: 'done' } | NotUnlocked> {
	const made = await rewrapped(store, officerId, before, now, () => Promise.resolve(after));
	if (made.is !== 'wrapped') return made;
	await store.changeKeys(officerId, (row) => (row.pin = made.wrap));
	return { is: 'done' };
}

/** What a passkey gave: the secret is the same each time for this passkey and this salt, and for no other. */
export interface PasskeyGave {
	credentialId: ArrayBuffer;
	prfSalt: ArrayBuffer;
	secret: ArrayBuffer;
}

/**
 * Lets a passkey open the copy as well; the PIN goes on opening it.
 * @param make asks the officer for the passkey, once the PIN was right
 */
export async function addPasskey(
	store: KnownOfficers,
	officerId: string,
	pin: string,
	now: number,
	make: () => Promise<PasskeyGave>
): Promise<{ is: 'done' } | NotUnlocked> {
	let gave: PasskeyGave | undefined;
	const made = await rewrapped(store, officerId, pin, now, async () => {
		gave = await make();
		return gave.secret;
	});
	if (made.is !== 'wrapped') return made;
	if (gave === undefined) throw new Error('No passkey was made.');
	const { credentialId, prfSalt } = gave;
	await store.changeKeys(officerId, (row) => {
		row.passkey = { ...made.wrap, credentialId, prfSalt };
	});
	return { is: 'done' };
}

/** From now on only the PIN opens the copy. */
export const removePasskey = (
	store: KnownOfficers,
	officerId: string
): Promise<KeyRow | undefined> => store.changeKeys(officerId, (row) => (row.passkey = null));
