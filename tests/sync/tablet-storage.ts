import type { DeviceOptions } from '#lib/local/device.ts';
import { databaseName } from '#lib/local/device.ts';
import { MemoryStorage, type Moods } from './memory/storage.ts';
import { newStorage } from './town.ts';

/** The storage of one browser: it survives its tabs, until it is evicted. */
export interface TabletStorage {
	openWith(officerId: string): Pick<DeviceOptions, 'indexedDB' | 'database'>;
	/** what can be asked of it; null: this storage behaves always */
	readonly moods: Moods | null;
	/** the browser process ends here and now */
	die(): void;
}

/** Dexie over an IndexedDB, as in a browser. */
export function dexieStorage(): TabletStorage {
	const indexedDB = newStorage();
	return { openWith: () => ({ indexedDB }), moods: null, die: () => undefined };
}

/** The store in memory (tests/sync/store-contract.test.ts holds it equal to Dexie's). */
export function memoryStorage(): TabletStorage {
	const storage = new MemoryStorage();
	return {
		openWith: (officerId) => ({ database: storage.open(databaseName(officerId)) }),
		moods: storage.moods,
		die: () => storage.die()
	};
}
