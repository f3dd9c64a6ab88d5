import { Dexie, type Table } from 'dexie';
import type { Officer } from '#lib/domain/officer.ts';
import type { Codec } from './codec.ts';
import type { KeyRow } from './key-row.ts';
import { forgetKeys, forgetOfficer } from './release.ts';

const cardName = (officerId: string) => `card/${officerId}`;

/** An officer who has signed in on this browser: enough to ask for their PIN with no network. */
export interface KnownOfficer {
	officerId: string;
	/** the name that stands on the start page */
	name: string;
	/** who they are and what they may do; sealed, null until their copy is */
	card: ArrayBuffer | null;
	/** the council's name, for the start page */
	council: string;
	/** milliseconds since 1970 by this device's clock */
	lastContact: number;
	/** 1: this officer is working here now, and is offered first */
	current: 0 | 1;
}

export class KnownOfficersDatabase extends Dexie {
	declare officers: Table<KnownOfficer, string>;
	declare keys: Table<KeyRow, string>;
	constructor(idb?: { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange }) {
		super('bops-known-officers', { chromeTransactionDurability: 'strict', ...idb });
		this.version(1).stores({ officers: 'officerId' });
		// what the first version wrote of an officer in the open: only the name stays
		this.version(2)
			.stores({ keys: 'officerId' })
			.upgrade((change) =>
				change
					.table('officers')
					.toCollection()
					.modify((row: KnownOfficer & { officer?: Officer }) => {
						row.name = row.officer?.name ?? row.name;
						row.card = null;
						delete row.officer;
					})
			);
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
	async remember(
		officer: { id: string; name: string },
		council: string,
		at: number
	): Promise<void> {
		await this.#db.transaction('rw', this.#db.officers, async () => {
			const known = await this.#db.officers.get(officer.id);
			await this.#db.officers.toCollection().modify({ current: 0 });
			await this.#db.officers.put({
				officerId: officer.id,
				name: officer.name,
				card: known?.card ?? null,
				council,
				lastContact: at,
				current: 1
			});
		});
	}

	/** Keeps who the officer is and what they may do, for starting with no network. */
	async keepCard(officer: Officer, codec: Codec): Promise<void> {
		const card = (await codec.seal(officer, cardName(officer.id))) as ArrayBuffer;
		await this.#db.officers.update(officer.id, { card });
	}

	/** The officer as last kept here; undefined when nothing was. */
	async card(officerId: string, codec: Codec): Promise<Officer | undefined> {
		const card = (await this.#db.officers.get(officerId))?.card ?? null;
		return card === null ? undefined : ((await codec.open(card, cardName(officerId))) as Officer);
	}

	/** Signed out: nobody is at work here; their sealed copy stays. */
	async signedOut(officerId: string): Promise<void> {
		await this.#db.officers.update(officerId, { current: 0 });
	}

	async keys(officerId: string): Promise<KeyRow | undefined> {
		return this.#db.keys.get(officerId);
	}

	/** Keeps an officer's first keys. False when another window was faster: a second key would open nothing. */
	async addKeys(row: KeyRow): Promise<boolean> {
		return this.#db.transaction('rw', this.#db.keys, async () => {
			if ((await this.#db.keys.get(row.officerId)) !== undefined) return false;
			await this.#db.keys.add(row);
			return true;
		});
	}

	/** Changes one officer's row of keys in a transaction; gives it as it then is. */
	async changeKeys(officerId: string, change: (row: KeyRow) => void): Promise<KeyRow | undefined> {
		return this.#db.transaction('rw', this.#db.keys, async () => {
			const row = await this.#db.keys.get(officerId);
			if (row === undefined) return undefined;
			change(row);
			await this.#db.keys.put(row);
			return row;
		});
	}

	/** The officer's copy has been wiped: nothing here opens anything any more. */
	async wiped(officerId: string): Promise<void> {
		await forgetKeys(this.#db, officerId);
		await forgetOfficer(this.#db, officerId);
	}

	close(): void {
		this.#db.close();
	}
}
