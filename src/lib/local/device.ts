import { Dexie } from 'dexie';
import { v7 } from 'uuid';
import type { Cursor, Run } from '#lib/commands/protocol.ts';
import type { SentSetting } from '#lib/domain/council-settings.ts';
import type { BackupState } from '#lib/domain/keeping-rules.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { plainCodec, type Codec } from './codec.ts';
import { compare, pageStore, type CanaryStore, type Lost } from './eviction.ts';
import { Healing } from './healing.ts';
import { forgetJournal } from './release.ts';
import { DeviceDatabase, type JournalRow } from './tables.ts';

/** The clock of the register as this device last saw it. */
export interface RegisterClock {
	/** register's clock minus this device's, milliseconds */
	offset: number;
	/** milliseconds since 1970 by this device's clock: the last contact */
	at: number;
	/** milliseconds since 1970 by the register's clock: the same contact; not kept by versions before 0.2 */
	server?: number;
}

/** What the device remembers about itself and about carrying: the rows of the `sync` table. */
export interface Remembered {
	deviceId: string;
	/** '' for the officer's first device, then `B`, `C` …; null until the register has said */
	letter: string | null;
	/** the `deviceSeq` given last */
	counter: number;
	cursor: Cursor;
	/** the register's history that this device last heard of */
	epoch: string;
	/** names the first download that is running or was the last */
	round: string;
	scopeSize: number;
	/** numbers taken for acts done at the register at once */
	online: Run[];
	archivedSeq: number;
	/** what the register last said of its backups */
	backup: BackupState;
	clock: RegisterClock;
	/** the browser's answer to the request to keep our storage */
	persisted: boolean | null;
	/** a pull that would remove so many cases that a person is asked first */
	brake: { leaving: number; held: number; allowed: boolean } | null;
	/** work that was on this browser and is gone */
	lost: Lost[];
	/** sealed */
	officers: unknown;
	/** what the council has been given or has chosen, as the register last sent it */
	settings: SentSetting[];
	/** sealed: the officer's named filters */
	savedViews: { body: unknown };
}

const journalLength = 500;

/** One officer's copy on this browser. */
export class Device {
	readonly db: DeviceDatabase;
	readonly officer: Officer;
	readonly codec: Codec;
	/** version of the application */
	readonly app: string;
	readonly deviceId: string;
	letter: string | null;
	readonly clock: () => Date;
	readonly monotonic: () => number;
	readonly newId: () => string;
	/** where it is written down what only this device has; null: nowhere */
	readonly canary: CanaryStore | null;
	readonly #healing: Healing;
	#closed = false;
	readonly #writing = new Set<Promise<void>>();
	#officers: { sealed: string; map: ReadonlyMap<string, Officer> } | null = null;
	/** bodies already opened: key → stamp and value; oldest out first */
	readonly #opened = new Map<string, { stamp: string; value: unknown }>();

	constructor(
		db: DeviceDatabase,
		healing: Healing,
		made: {
			officer: Officer;
			codec: Codec;
			app: string;
			deviceId: string;
			letter: string | null;
			clock: () => Date;
			monotonic: () => number;
			newId: () => string;
			canary: CanaryStore | null;
		}
	) {
		this.db = db;
		this.#healing = healing;
		this.officer = made.officer;
		this.codec = made.codec;
		this.app = made.app;
		this.deviceId = made.deviceId;
		this.letter = made.letter;
		this.clock = made.clock;
		this.monotonic = made.monotonic;
		this.newId = made.newId;
		this.canary = made.canary;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Runs work on the database, reopening it when the browser has dropped it. */
	run<T>(work: () => PromiseLike<T>): Promise<T> {
		if (this.#closed) return Promise.reject(new Error('This device’s copy has been closed.'));
		return this.#healing.run(work);
	}

	/** Notes that something is being written, so that locking waits for it. */
	writing<T>(work: Promise<T>): Promise<T> {
		const ended = work.then(
			() => undefined,
			() => undefined
		);
		this.#writing.add(ended);
		void ended.finally(() => this.#writing.delete(ended));
		return work;
	}

	/** Resolves when nothing is being written, and nothing that waited for it has begun to be. */
	async settled(): Promise<void> {
		for (;;) {
			// what was chained to the last one begins in this turn
			await new Promise((resolve) => setTimeout(resolve, 0));
			if (this.#writing.size === 0) return;
			await Promise.all(this.#writing);
		}
	}

	async remembered<K extends keyof Remembered>(key: K): Promise<Remembered[K] | undefined> {
		return this.run(() => this.get(key));
	}

	async remember<K extends keyof Remembered>(key: K, value: Remembered[K]): Promise<void> {
		await this.run(() => this.put(key, value));
	}

	/** As `remembered`, inside a transaction on `sync`. */
	async get<K extends keyof Remembered>(key: K): Promise<Remembered[K] | undefined> {
		return (await this.db.sync.get(key))?.value as Remembered[K] | undefined;
	}

	/** As `remember`, inside a transaction on `sync`. */
	async put<K extends keyof Remembered>(key: K, value: Remembered[K]): Promise<void> {
		await this.db.sync.put({ key, value });
	}

	/** As `get`, for several at once. */
	async getAll<K extends keyof Remembered>(...keys: K[]): Promise<Partial<Pick<Remembered, K>>> {
		const rows = await this.db.sync.bulkGet(keys);
		const found = rows.filter((row) => row !== undefined).map(({ key, value }) => [key, value]);
		return Object.fromEntries(found) as Partial<Pick<Remembered, K>>;
	}

	/** As `put`, for several at once. */
	async putAll(values: Partial<Remembered>): Promise<void> {
		await this.db.sync.bulkPut(Object.entries(values).map(([key, value]) => ({ key, value })));
	}

	/** What `open` gave for the same row with the same stamp; undefined when it has to be opened. */
	opened(aad: string, stamp: string): { value: unknown } | undefined {
		const before = this.#opened.get(aad);
		return before?.stamp === stamp ? before : undefined;
	}

	/** Opens a sealed body; the same row with the same stamp is opened once. */
	async open<T>(body: unknown, aad: string, stamp: string): Promise<T> {
		const before = this.opened(aad, stamp);
		if (before !== undefined) return before.value as T;
		const value = await this.codec.open(body, aad);
		this.#opened.set(aad, { stamp, value });
		if (this.#opened.size > 20_000)
			for (const oldest of this.#opened.keys()) {
				this.#opened.delete(oldest);
				break;
			}
		return value as T;
	}

	/** Every officer of the council as the register last listed them; always this one. */
	async officers(): Promise<ReadonlyMap<string, Officer>> {
		const kept = (await this.remembered('officers')) as
			{ stamp: string; body: unknown } | undefined;
		if (this.#officers !== null && this.#officers.sealed === kept?.stamp) return this.#officers.map;
		const list = kept === undefined ? [] : await this.codec.open(kept.body, 'officers');
		const map = new Map((list as Officer[]).map((one) => [one.id, one]));
		if (!map.has(this.officer.id)) map.set(this.officer.id, this.officer);
		this.#officers = { sealed: kept?.stamp ?? '', map };
		return map;
	}

	/** Seals the officers' list for `put('officers', …)`. */
	async sealOfficers(list: readonly Officer[]): Promise<{ stamp: string; body: unknown }> {
		return { stamp: this.newId(), body: await this.codec.seal(list, 'officers') };
	}

	close(): void {
		this.#closed = true;
		this.db.close();
	}
}

export interface DeviceOptions {
	officer: Officer;
	codec?: Codec;
	/** version of the application, told to the register */
	app?: string;
	/** another IndexedDB than the browser's */
	indexedDB?: { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange };
	/** another store than Dexie's, that does as its contract suite says (tests/sync/store-contract.test.ts) */
	database?: DeviceDatabase;
	clock?: () => Date;
	monotonic?: () => number;
	newId?: () => string;
	/** another store than the page's for what only this device has */
	canary?: CanaryStore | null;
}

export const databaseName = (officerId: string) => `bops-${officerId}`;

/** Opens the tables of this officer's copy on this browser, and numbers the device at the first time. */
async function openTables(
	options: Pick<DeviceOptions, 'indexedDB' | 'database' | 'clock' | 'newId' | 'canary'> & {
		officer: { id: string };
	}
) {
	const clock = options.clock ?? (() => new Date());
	const newId = options.newId ?? (() => v7());
	const db =
		options.database ?? new DeviceDatabase(databaseName(options.officer.id), options.indexedDB);
	const note = (what: string, detail: string) => {
		void writeJournal(db, { at: clock().getTime(), what, detail });
	};
	const healing = new Healing(db, note);
	const fresh = newId();
	const canary = options.canary === undefined ? pageStore() : options.canary;
	const [deviceId, letter] = await healing.run(() =>
		db.transaction('rw', db.sync, async () => {
			const value = async <T>(key: string) => (await db.sync.get(key))?.value as T | undefined;
			const kept = await value<string>('deviceId');
			if (kept === undefined) await db.sync.add({ key: 'deviceId', value: fresh });
			const counter = (await value<number>('counter')) ?? 0;
			const gone = compare(
				canary,
				options.officer.id,
				{ deviceId: kept, counter },
				clock().getTime()
			);
			if (gone !== null) {
				const before = (await value<Lost[]>('lost')) ?? [];
				await db.sync.put({ key: 'lost', value: [...before, gone.lost] });
				await db.sync.put({ key: 'counter', value: gone.counter });
			}
			return [kept ?? fresh, (await value<string>('letter')) ?? null] as const;
		})
	);
	return { db, healing, deviceId, letter, clock, newId, canary };
}

/** Opens this officer's copy on this browser, and makes it at the first time. */
export async function openDevice(options: DeviceOptions): Promise<Device> {
	const { db, healing, ...made } = await openTables(options);
	return new Device(db, healing, {
		...made,
		officer: options.officer,
		codec: options.codec ?? plainCodec,
		app: options.app ?? 'unknown',
		monotonic: options.monotonic ?? (() => performance.now())
	});
}

/** Does something with the tables of an officer's copy without opening any body: it may be locked. */
export async function withTables<T>(
	options: Pick<DeviceOptions, 'indexedDB'> & { officer: { id: string } },
	work: (db: DeviceDatabase, deviceId: string) => Promise<T>
): Promise<T> {
	const { db, deviceId } = await openTables(options);
	try {
		return await work(db, deviceId);
	} finally {
		db.close();
	}
}

/** Remembers the letter the register gave this device; it heads photo numbers from the second device on. */
export async function keepLetter(device: Device, letter: string): Promise<void> {
	await device.remember('letter', letter);
	device.letter = letter;
}

/** Asks the browser to keep our storage, and keeps its answer; null where it cannot be asked. */
export async function askToPersist(device: Device): Promise<boolean | null> {
	// some browsers have no storage manager, some an old one
	const storage: Partial<StorageManager> | undefined = globalThis.navigator.storage;
	const answer = (await storage?.persisted?.()) === true || ((await storage?.persist?.()) ?? null);
	await device.remember('persisted', answer);
	return answer;
}

/** Notes something about the device's own storage, for support. Never fails its caller. */
export async function journal(device: Device, what: string, detail: string): Promise<void> {
	await writeJournal(device.db, { at: device.clock().getTime(), what, detail });
}

async function writeJournal(db: DeviceDatabase, row: Omit<JournalRow, 'n'>): Promise<void> {
	try {
		await Dexie.ignoreTransaction(async () => {
			const n = await db.journal.add(row);
			if (n > journalLength && n % 50 === 0) await forgetJournal(db, n - journalLength);
		});
	} catch {
		// a full or broken store cannot note that it is full or broken
	}
}
