import { version } from '$app/environment';
import type { Officer } from '#lib/domain/officer.ts';
import { openDevice, withTables, type Device } from '#lib/local/device.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { sealExisting } from '#lib/local/seal-existing.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';

interface Opening {
	officers: KnownOfficers;
	officerId: string;
	key: CryptoKey;
	/** who they are, when the register has just said so */
	fresh: Officer | null;
	/** how far the sealing of an earlier version's copy has come */
	onSealing: (done: number, of: number) => void;
}

/**
 * The key is there: seals what an earlier version left open, and opens the officer's copy.
 * @returns null when nobody has ever said who this officer is
 */
export async function openCopy(opening: Opening): Promise<Device | null> {
	const { officers, officerId, key, fresh, onSealing } = opening;
	const codec = sealedCodec(key);
	if ((await officers.keys(officerId))?.sealed !== true) {
		await withTables({ officer: { id: officerId } }, (db) => sealExisting(db, codec, onSealing));
		await officers.changeKeys(officerId, (row) => (row.sealed = true));
	}
	const officer = fresh ?? (await officers.card(officerId, codec));
	if (officer === undefined) return null;
	await officers.keepCard(officer, codec);
	return openDevice({ officer, codec, app: version });
}
