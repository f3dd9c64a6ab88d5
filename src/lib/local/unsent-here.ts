import { Dexie } from 'dexie';
import { databaseName } from './device.ts';
import type { KnownOfficers } from './known-officers.ts';
import { unsentIn } from './shown-case.ts';
import { DeviceDatabase } from './tables.ts';

type Idb = { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange };

/**
 * How many things officers other than this one recorded on this browser that the council has not
 * received. They are counted from what lies in the open: nothing of them is unlocked or read.
 * @param here the officer at work; null when there is none
 */
export async function unsentOfOthers(
	officers: KnownOfficers,
	here: string | null,
	idb?: Idb
): Promise<number> {
	let count = 0;
	for (const { officerId } of await officers.all())
		if (officerId !== here) count += await unsentOf(officerId, idb);
	return count;
}

async function unsentOf(officerId: string, idb?: Idb): Promise<number> {
	const name = databaseName(officerId);
	// a copy that is gone is not made anew by looking for it
	if (idb === undefined && !(await Dexie.exists(name))) return 0;
	const db = new DeviceDatabase(name, idb);
	try {
		return await db.transaction('r', [db.outbox, db.uploads], async () =>
			unsentIn(
				null,
				await db.outbox.where({ state: 'queued' }).toArray(),
				await db.uploads.where({ state: 'waiting' }).toArray()
			)
		);
	} finally {
		db.close();
	}
}
