import { AsyncLocalStorage } from 'node:async_hooks';
import { DeviceDatabase } from '#lib/local/tables.ts';
import { Locks, type Hold } from './locks.ts';
import { Rows, StoreError, type Schema } from './rows.ts';
import { MemoryTable, type Runner } from './table.ts';

/** One transaction: what it has changed can be taken back. */
class Transaction implements Hold {
	readonly storage: object;
	readonly writes: boolean;
	readonly tables: readonly string[];
	readonly undo: (() => void)[] = [];
	open = true;

	constructor(storage: object, writes: boolean, tables: readonly string[]) {
		this.storage = storage;
		this.writes = writes;
		this.tables = tables;
	}

	rollBack(): void {
		for (const undo of this.undo.reverse()) undo();
		this.undo.length = 0;
	}
}

/** Nothing of the app runs any more that could be told anything. */
export class BrowserDied extends Error {
	override name = 'BrowserDied';
}

const zone = new AsyncLocalStorage<Transaction>();

/** What the storage of one browser does to whoever uses it. */
export interface Moods {
	/** no room for bytes; words still fit */
	full: boolean;
	/** so many operations from now the browser drops its connection, once; null: it does not */
	dropsAfter: number | null;
	/** so many operations from now the browser dies, or one tab of it alone; null: neither */
	dies: { after: number; tab: DeviceDatabase | null } | null;
}

/** One browser's storage in memory: it survives the tabs that are open on it. */
export class MemoryStorage {
	readonly #rows = new Map<string, Rows>();
	readonly #locks = new Locks();
	readonly #open = new Set<Connection>();
	readonly moods: Moods = { full: false, dropsAfter: null, dies: null };

	/** Opens the database of a tab. */
	open(name: string): DeviceDatabase {
		// Dexie is asked for the tables and indexes alone; it opens nothing
		const { tables } = new DeviceDatabase(name);
		for (const { name: table, schema } of tables)
			if (!this.#rows.has(table)) this.#rows.set(table, new Rows(table, schema as Schema));
		const connection = new Connection(this, this.#rows, this.#locks);
		this.#open.add(connection);
		return connection as unknown as DeviceDatabase;
	}

	/** The browser is gone: what was not committed never happened, and its tabs do nothing any more. */
	die(only: DeviceDatabase | null = null): void {
		for (const connection of this.#open)
			if (only === null || (connection as unknown) === only) {
				connection.dead = true;
				this.#open.delete(connection);
			}
		this.moods.dies = null;
	}

	/** Counts one operation, and lets happen what was to happen at it. */
	before(connection: Connection): void {
		const { moods } = this;
		if (moods.dies !== null && moods.dies.after-- <= 0) this.die(moods.dies.tab);
		if (connection.dead) throw new BrowserDied();
		if (moods.dropsAfter !== null && moods.dropsAfter-- <= 0) {
			moods.dropsAfter = null;
			connection.closed = true;
		}
		if (connection.closed) throw new StoreError('DatabaseClosedError', 'Database has been closed');
	}
}

/** One tab's connection: stands where Dexie's database stands. */
class Connection implements Runner {
	closed = false;
	dead = false;
	readonly #storage: MemoryStorage;
	readonly #locks: Locks;

	constructor(storage: MemoryStorage, rows: ReadonlyMap<string, Rows>, locks: Locks) {
		this.#storage = storage;
		this.#locks = locks;
		for (const [name, one] of rows)
			Object.defineProperty(this, name, { value: new MemoryTable(one, this), enumerable: true });
	}

	close(): void {
		this.closed = true;
	}

	open(): Promise<this> {
		if (this.dead) return Promise.reject(new BrowserDied());
		this.closed = false;
		return Promise.resolve(this);
	}

	/** `transaction(mode, tables, act)`, the tables one by one or in a list; joins one that is running. */
	async transaction<T>(mode: string, ...given: unknown[]): Promise<T> {
		const act = given.pop() as () => T | Promise<T>;
		const tables = (given.flat() as MemoryTable[]).map(({ name }) => name);
		const outer = this.#current();
		if (outer !== null) {
			for (const table of tables) this.#mustCover(outer, table, mode === 'rw');
			return act();
		}
		this.#storage.before(this);
		const mine = new Transaction(this.#storage, mode === 'rw', tables);
		const turn = this.#locks.enter(mine);
		if (turn !== null) await turn;
		try {
			this.#mustLive();
			return await zone.run(mine, act);
		} catch (error) {
			mine.rollBack();
			throw error;
		} finally {
			mine.open = false;
			this.#locks.leave(mine);
		}
	}

	async run<T>(
		table: string,
		writes: boolean,
		act: (note: (undo: () => void) => void) => T
	): Promise<T> {
		this.#storage.before(this);
		const outer = this.#current();
		if (outer !== null) {
			this.#mustCover(outer, table, writes);
			return act((undo) => outer.undo.push(undo));
		}
		const mine = new Transaction(this.#storage, writes, [table]);
		const turn = this.#locks.enter(mine);
		if (turn !== null) await turn;
		try {
			this.#mustLive();
			return act((undo) => mine.undo.push(undo));
		} catch (error) {
			mine.rollBack();
			throw error;
		} finally {
			this.#locks.leave(mine);
		}
	}

	/** As the browser says it: the reason hides inside what aborted. */
	makeRoomFor(table: string): void {
		if (!this.#storage.moods.full || table !== 'captures') return;
		const inner = new StoreError('QuotaExceededError', 'The quota has been exceeded');
		throw new StoreError('AbortError', 'The transaction was aborted', inner);
	}

	/** The browser may have died while this waited for its turn. */
	#mustLive(): void {
		if (this.dead) throw new BrowserDied();
	}

	#current(): Transaction | null {
		const running = zone.getStore();
		return running?.open === true && running.storage === this.#storage ? running : null;
	}

	#mustCover(outer: Transaction, table: string, writes: boolean): void {
		if (!outer.tables.includes(table))
			throw new StoreError('NotFoundError', `Table ${table} not part of transaction`);
		if (writes && !outer.writes) throw new StoreError('ReadOnlyError', 'Transaction is read-only');
	}
}
