import type { Standing } from '#lib/commands/council-box.ts';
import { fromBase64, toBase64, type Owner } from '#lib/local/data-key.ts';
import type { KeyRow } from '#lib/local/key-row.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { makeKeys, renew, resetPin } from '#lib/local/unlock.ts';
import { sha256Of } from '#lib/local/captures.ts';
import type { RegisterClient } from './transport.ts';

/** What the register does for the keys of a device. */
export type KeysClient = Pick<RegisterClient, 'keys'>;

/**
 * Makes the first keys of an officer on this device, with the register's half in them; it needs the
 * register. Kept only when the register has seen that it can open the box.
 * @returns null when another window of this browser has chosen a PIN meanwhile
 */
export async function firstKeys(
	store: KnownOfficers,
	client: KeysClient,
	pin: string,
	owner: Owner,
	now: () => number
): Promise<CryptoKey | null> {
	const device = owner.deviceId;
	const enrolment = await client.keys.enrol.mutate({ device });
	const { row, key } = await makeKeys(pin, owner, enrolment, now());
	const box = toBase64(new Uint8Array(row.box));
	const { voucher } = await client.keys.vouch.mutate({ device, box });
	return (await store.addKeys({ ...row, voucher })) ? key : null;
}

/**
 * Meets the register for the lease: begins it again, or hears that the device is locked, and drops
 * the half. Rejects, and changes nothing, when the register cannot be asked.
 * @param afresh the officer has just signed in: wrong PINs before that count no more
 */
export async function meetRegister(
	store: KnownOfficers,
	client: KeysClient,
	officerId: string,
	now: () => number,
	{ afresh = false, pinWasRight = false } = {}
): Promise<KeyRow | undefined> {
	const row = await store.keys(officerId);
	if (row === undefined) return undefined;
	const answer = await client.keys.lease.mutate({ device: row.deviceId, pinWasRight });
	return store.changeKeys(officerId, (row) => {
		if (answer.standing === 'good') {
			renew(row, answer.halves, now());
			if (afresh) row.wrongPins = 0;
		} else {
			row.lease = null;
			if (answer.standing !== 'sign-in') row.standing = answer.standing;
		}
	});
}

/** Who has just signed in and forgot the PIN: the register opens the box, and another PIN wraps the key. */
export async function forgottenPin(
	store: KnownOfficers,
	client: KeysClient,
	officerId: string,
	pin: string
): Promise<boolean> {
	const row = await store.keys(officerId);
	if (row === undefined) return false;
	const box = toBase64(new Uint8Array(row.box));
	const { dataKey } = await client.keys.recover.mutate({ device: row.deviceId, box });
	const raw = fromBase64(dataKey);
	try {
		return await resetPin(store, officerId, raw.buffer, pin);
	} finally {
		raw.fill(0);
	}
}

/** How a device names itself to the register when nobody is signed in on it. */
export interface DeviceWord {
	device: string;
	officer: string;
	box: string;
	voucher: string;
}

export const deviceWord = async (row: KeyRow): Promise<DeviceWord> => ({
	device: row.deviceId,
	officer: row.officerId,
	box: await sha256Of(row.box),
	voucher: row.voucher
});

const standings: readonly string[] = ['good', 'locked', 'wipe', 'wiped'] satisfies Standing[];

/**
 * Asks what an administrator has said of this device; works when its session has been ended too.
 * Null when the register gave no answer of its own.
 */
export async function askStanding(
	row: KeyRow,
	fetching: typeof globalThis.fetch = (...request) => globalThis.fetch(...request)
): Promise<Standing | null> {
	try {
		const response = await fetching('/api/tablet/standing', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(await deviceWord(row))
		});
		const { standing } = (await response.json()) as { standing?: string };
		return response.ok && standings.includes(standing ?? '') ? (standing as Standing) : null;
	} catch {
		return null;
	}
}
