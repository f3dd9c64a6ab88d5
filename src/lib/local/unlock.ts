import { leaseFor, mostWrongPins } from '#lib/commands/council-box.ts';
import { boxForCouncil, importDataKey, newDataKey, unwrap, wrap, type Owner } from './data-key.ts';
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

/** Opens with what the officer knows or has; counts a wrong PIN before it is tried, so that no crash forgets it. */
export async function unlock(
	store: KnownOfficers,
	officerId: string,
	secret: { pin: string } | { passkey: ArrayBuffer },
	now: number
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
		with_ === null || row.lease === null ? null : await unwrap(with_, given, row.lease.halves, row);
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

/** Another PIN for the same data: by the one before. False when that is not right. */
export async function changePin(
	store: KnownOfficers,
	officerId: string,
	before: string,
	after: string
): Promise<boolean> {
	const row = await store.keys(officerId);
	const half = row?.lease?.halves[0];
	if (row === undefined || half === undefined) return false;
	const key = await unwrap(row.pin, before, row.lease?.halves ?? [], row, true);
	if (key === null) return false;
	const pin = await wrap(key, after, half, row);
	await store.changeKeys(officerId, (row) => {
		row.pin = pin;
		row.wrongPins = 0;
	});
	return true;
}
