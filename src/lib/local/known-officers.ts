import { Dexie, type Table } from 'dexie';
import type { Officer } from '#lib/domain/officer.ts';
import { forgetOfficer } from './release.ts';

/** An officer who has signed in on this browser: enough to start with no network. */
export interface KnownOfficer {
	officerId: string;
	officer: Officer;
	/** the council's name, for the start page */
	council: string;
	/** milliseconds since 1970 by this device's clock */
	lastContact: number;
	/** 1: this officer is working here now, and is offered first */
	current: 0 | 1;
}

export class KnownOfficersDatabase extends Dexie {
	declare officers: Table<KnownOfficer, string>;
	constructor(idb?: { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange }) {
		super('bops-known-officers', { chromeTransactionDurability: 'strict', ...idb });
		this.version(1).stores({ officers: 'officerId' });
	}
}

/** Who has worked on this browser. A database of its own: it is read before any officer's copy is opened. */
export class KnownOfficers {
	readonly #db: KnownOfficersDatabase;

	constructor(idb?: { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange }) {
		this.#db = new KnownOfficersDatabase(idb);
	}

	/** Last seen first. */
	async all(): Promise<KnownOfficer[]> {
		const all = await this.#db.officers.toArray();
		return all.sort((a, b) => b.current - a.current || b.lastContact - a.lastContact);
	}

	/** The officer who was at work here when the app was last open. */
	async current(): Promise<KnownOfficer | undefined> {
		return (await this.all()).find((one) => one.current === 1);
	}

	/** Signed in, or seen again by the register; this officer is now the one at work here. */
	async remember(officer: Officer, council: string, at: number): Promise<void> {
		await this.#db.transaction('rw', this.#db.officers, async () => {
			await this.#db.officers.toCollection().modify({ current: 0 });
			await this.#db.officers.put({
				officerId: officer.id,
				officer,
				council,
				lastContact: at,
				current: 1
			});
		});
	}

	/** Signed out: nobody is at work here; their sealed copy stays. */
	async signedOut(officerId: string): Promise<void> {
		await this.#db.officers.update(officerId, { current: 0 });
	}

	/** Takes an officer off the start page. Their copy on this browser is not touched. */
	async forget(officerId: string): Promise<void> {
		await forgetOfficer(this.#db, officerId);
	}

	close(): void {
		this.#db.close();
	}
}
