import { compareKeys, StoreError, type Key, type Row, type Rows } from './rows.ts';

/** What a table needs of the database it is in. */
export interface Runner {
	run<T>(table: string, writes: boolean, act: (note: (undo: () => void) => void) => T): Promise<T>;
	/** throws when there is no room for another row of this table */
	makeRoomFor(table: string): void;
}

type Test = (row: Row) => boolean;

/** The part of Dexie's Collection that the product uses, over rows in memory. */
export class MemoryCollection {
	readonly #table: MemoryTable;
	readonly #index: string;
	readonly #keys: () => readonly Key[];
	readonly #tests: readonly Test[];
	readonly #backwards: boolean;
	readonly #most: number;

	constructor(
		table: MemoryTable,
		index: string,
		keys: () => readonly Key[],
		more: { tests?: readonly Test[]; backwards?: boolean; most?: number } = {}
	) {
		this.#table = table;
		this.#index = index;
		this.#keys = keys;
		this.#tests = more.tests ?? [];
		this.#backwards = more.backwards ?? false;
		this.#most = more.most ?? Infinity;
	}

	#with(more: { tests?: readonly Test[]; backwards?: boolean; most?: number }): MemoryCollection {
		return new MemoryCollection(this.#table, this.#index, this.#keys, {
			tests: this.#tests,
			backwards: this.#backwards,
			most: this.#most,
			...more
		});
	}

	filter(test: Test): MemoryCollection {
		return this.#with({ tests: [...this.#tests, test] });
	}
	and(test: Test): MemoryCollection {
		return this.filter(test);
	}
	reverse(): MemoryCollection {
		return this.#with({ backwards: !this.#backwards });
	}
	limit(most: number): MemoryCollection {
		return this.#with({ most });
	}

	#matching(): Key[] {
		const { rows } = this.#table;
		let keys = [...this.#keys()];
		if (this.#tests.length > 0)
			keys = keys.filter((key) => {
				const row = rows.get(key) as Row;
				return this.#tests.every((test) => test(row));
			});
		if (this.#backwards) keys.reverse();
		return this.#most < keys.length ? keys.slice(0, this.#most) : keys;
	}

	#read<T>(act: () => T): Promise<T> {
		return this.#table.runner.run(this.#table.rows.name, false, act);
	}

	toArray(): Promise<Row[]> {
		return this.#read(() => this.#matching().map((key) => this.#table.rows.get(key) as Row));
	}
	async sortBy(path: string): Promise<Row[]> {
		return (await this.toArray()).sort((a, b) => compareKeys(a[path], b[path]));
	}
	primaryKeys(): Promise<Key[]> {
		return this.#read(() => this.#matching());
	}
	keys(): Promise<unknown[]> {
		return this.#read(() =>
			this.#matching().map((key) => this.#table.rows.keyOf(this.#index, key))
		);
	}
	count(): Promise<number> {
		return this.#read(() => this.#matching().length);
	}
	async first(): Promise<Row | undefined> {
		return (await this.limit(1).toArray())[0];
	}
	async last(): Promise<Row | undefined> {
		return this.reverse().first();
	}
	async each(act: (row: Row) => void): Promise<void> {
		for (const row of await this.toArray()) act(row);
	}
	eachKey(act: (key: unknown, cursor: { primaryKey: Key }) => void): Promise<void> {
		return this.#read(() => {
			for (const key of this.#matching())
				act(this.#table.rows.keyOf(this.#index, key), { primaryKey: key });
		});
	}
	delete(): Promise<number> {
		const { runner, rows } = this.#table;
		return runner.run(rows.name, true, (note) => {
			const keys = this.#matching();
			for (const key of keys) {
				const undo = rows.delete(key);
				if (undo !== null) note(undo);
			}
			return keys.length;
		});
	}
	modify(change: Row | ((row: Row) => void)): Promise<number> {
		const { runner, rows } = this.#table;
		return runner.run(rows.name, true, (note) => {
			const keys = this.#matching();
			for (const key of keys) {
				const row = rows.get(key) as Row;
				if (typeof change === 'function') change(row);
				else Object.assign(row, change);
				if (row[rows.primary] !== key)
					throw new StoreError('ConstraintError', 'modify must not change the key');
				note(rows.put(row, 'put').undo);
			}
			return keys.length;
		});
	}
}

class MemoryWhere {
	readonly #table: MemoryTable;
	readonly #index: string;

	constructor(table: MemoryTable, index: string) {
		this.#table = table;
		this.#index = index;
	}

	#of(keys: () => readonly Key[]): MemoryCollection {
		return new MemoryCollection(this.#table, this.#index, keys);
	}
	#where(test: (value: unknown) => boolean): MemoryCollection {
		const { rows } = this.#table;
		return this.#of(() =>
			rows.ordered(this.#index).filter((key) => test(rows.keyOf(this.#index, key)))
		);
	}

	equals(value: unknown): MemoryCollection {
		return this.#of(() => this.#table.rows.equal(this.#index, value));
	}
	anyOf(...values: unknown[]): MemoryCollection {
		const wanted = [...new Set(values.flat())].sort(compareKeys);
		return this.#of(() => wanted.flatMap((value) => this.#table.rows.equal(this.#index, value)));
	}
	notEqual(value: unknown): MemoryCollection {
		return this.#where((one) => one !== value);
	}
	noneOf(...values: unknown[]): MemoryCollection {
		const unwanted = new Set(values.flat());
		return this.#where((one) => !unwanted.has(one));
	}
	startsWith(beginning: string): MemoryCollection {
		return this.#where((one) => typeof one === 'string' && one.startsWith(beginning));
	}
	above(value: unknown): MemoryCollection {
		return this.#where((one) => compareKeys(one, value) > 0);
	}
	aboveOrEqual(value: unknown): MemoryCollection {
		return this.#where((one) => compareKeys(one, value) >= 0);
	}
	below(value: unknown): MemoryCollection {
		return this.#where((one) => compareKeys(one, value) < 0);
	}
	belowOrEqual(value: unknown): MemoryCollection {
		return this.#where((one) => compareKeys(one, value) <= 0);
	}
}

/** The part of Dexie's Table that the product uses, over rows in memory. */
export class MemoryTable {
	readonly rows: Rows;
	readonly runner: Runner;

	constructor(rows: Rows, runner: Runner) {
		this.rows = rows;
		this.runner = runner;
	}

	get name(): string {
		return this.rows.name;
	}

	#read<T>(act: () => T): Promise<T> {
		return this.runner.run(this.rows.name, false, act);
	}
	#write(rows: readonly Row[], mode: 'add' | 'put'): Promise<Key[]> {
		return this.runner.run(this.rows.name, true, (note) =>
			rows.map((row) => {
				this.runner.makeRoomFor(this.rows.name);
				const { key, undo } = this.rows.put(row, mode);
				note(undo);
				return key;
			})
		);
	}

	get(key: Key): Promise<Row | undefined> {
		return this.#read(() => this.rows.get(key));
	}
	bulkGet(keys: readonly Key[]): Promise<(Row | undefined)[]> {
		return this.#read(() => keys.map((key) => this.rows.get(key)));
	}
	async put(row: Row): Promise<Key> {
		return (await this.#write([row], 'put'))[0] as Key;
	}
	async add(row: Row): Promise<Key> {
		return (await this.#write([row], 'add'))[0] as Key;
	}
	async bulkPut(rows: readonly Row[]): Promise<Key | undefined> {
		return (await this.#write(rows, 'put')).at(-1);
	}
	async bulkAdd(rows: readonly Row[]): Promise<Key | undefined> {
		return (await this.#write(rows, 'add')).at(-1);
	}
	update(key: Key, changes: Row | ((row: Row) => void)): Promise<number> {
		return this.where(this.rows.primary).equals(key).modify(changes);
	}
	async delete(key: Key): Promise<void> {
		await this.bulkDelete([key]);
	}
	bulkDelete(keys: readonly Key[]): Promise<void> {
		return this.runner.run(this.rows.name, true, (note) => {
			for (const key of keys) {
				const undo = this.rows.delete(key);
				if (undo !== null) note(undo);
			}
		});
	}
	async clear(): Promise<void> {
		await this.toCollection().delete();
	}
	count(): Promise<number> {
		return this.#read(() => this.rows.size);
	}
	where(what: Row): MemoryCollection;
	where(index: string): MemoryWhere;
	where(what: string | Row): MemoryWhere | MemoryCollection {
		if (typeof what === 'string') return new MemoryWhere(this, what);
		const [[index, value] = ['', null], ...others] = Object.entries(what);
		const found = new MemoryWhere(this, index).equals(value);
		return others.length === 0
			? found
			: found.filter((row) => others.every(([path, wanted]) => row[path] === wanted));
	}
	orderBy(index: string): MemoryCollection {
		return new MemoryCollection(this, index, () => this.rows.ordered(index));
	}
	toCollection(): MemoryCollection {
		return this.orderBy(this.rows.primary);
	}
	filter(test: Test): MemoryCollection {
		return this.toCollection().filter(test);
	}
	reverse(): MemoryCollection {
		return this.toCollection().reverse();
	}
	limit(most: number): MemoryCollection {
		return this.toCollection().limit(most);
	}
	toArray(): Promise<Row[]> {
		return this.toCollection().toArray();
	}
	each(act: (row: Row) => void): Promise<void> {
		return this.toCollection().each(act);
	}
}
