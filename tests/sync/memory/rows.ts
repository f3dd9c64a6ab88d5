export type Key = string | number;
export type Row = Record<string, unknown>;

/** What a table says of itself: Dexie's own schema, so that a new table or index is known here at once. */
export interface Schema {
	primKey: { keyPath?: string | string[] | undefined; auto?: boolean };
	indexes: { name: string; keyPath?: string | string[] | undefined; unique?: boolean }[];
}

export const compareKeys = (a: unknown, b: unknown): number => {
	if (Array.isArray(a) && Array.isArray(b)) {
		for (let n = 0; n < a.length; n++) {
			const order = compareKeys(a[n], b[n]);
			if (order !== 0) return order;
		}
		return 0;
	}
	// IndexedDB: numbers before text
	if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
	return (a as Key) < (b as Key) ? -1 : (a as Key) > (b as Key) ? 1 : 0;
};

export class StoreError extends Error {
	readonly inner: Error | undefined;
	constructor(name: string, message: string, inner?: Error) {
		super(message);
		this.name = name;
		this.inner = inner;
	}
}

/** Primary keys, in order when asked. */
class Bucket {
	readonly keys = new Set<Key>();
	#sorted: Key[] | null = null;

	add(key: Key): void {
		this.keys.add(key);
		this.#sorted = null;
	}
	remove(key: Key): void {
		this.keys.delete(key);
		this.#sorted = null;
	}
	get sorted(): readonly Key[] {
		return (this.#sorted ??= [...this.keys].sort(compareKeys));
	}
}

/** Values that lie in the store already: nobody can change them, so they need no second copy. */
const kept = new WeakSet();

/** A copy as IndexedDB would make it, and unchangeable: whoever changes what was read is found out. */
export function copyIn(value: unknown): unknown {
	if (typeof value === 'function' || typeof value === 'symbol')
		throw new StoreError('DataCloneError', 'this value cannot be stored');
	if (typeof value !== 'object' || value === null || kept.has(value)) return value;
	let copy: object;
	if (value instanceof ArrayBuffer) return value.slice(0);
	if (Array.isArray(value)) copy = value.map(copyIn);
	else {
		const proto: unknown = Object.getPrototypeOf(value);
		if (proto !== Object.prototype && proto !== null) return structuredClone(value);
		copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyIn(one)]));
	}
	kept.add(copy);
	return Object.freeze(copy);
}

const rowIn = (row: Row): Row =>
	Object.fromEntries(Object.entries(row).map(([key, one]) => [key, copyIn(one)]));

/** A row as a reader gets it: its own object, its bytes its own. */
const rowOut = (row: Row): Row => {
	const copy = { ...row };
	for (const key in copy) {
		const value = copy[key];
		if (value instanceof ArrayBuffer) copy[key] = value.slice(0);
	}
	return copy;
};

/** One object store with its indexes. Every change can be taken back. */
export class Rows {
	readonly name: string;
	readonly primary: string;
	readonly #auto: boolean;
	readonly #indexes: Schema['indexes'];
	readonly #rows = new Map<Key, Row>();
	readonly #all = new Bucket();
	readonly #byIndex = new Map<string, Map<Key, Bucket>>();
	#last = 0;

	constructor(name: string, schema: Schema) {
		this.name = name;
		this.primary = String(schema.primKey.keyPath);
		this.#auto = schema.primKey.auto === true;
		this.#indexes = schema.indexes;
		for (const one of schema.indexes)
			if (typeof one.keyPath === 'string') this.#byIndex.set(one.keyPath, new Map());
	}

	get size(): number {
		return this.#rows.size;
	}

	get(key: Key): Row | undefined {
		const row = this.#rows.get(key);
		return row === undefined ? undefined : rowOut(row);
	}

	has(key: Key): boolean {
		return this.#rows.has(key);
	}

	/** the stored row itself, for looking and not for giving away */
	peek(key: Key): Row {
		return this.#rows.get(key) as Row;
	}

	/** @returns the key, and how to take the change back */
	put(given: Row, mode: 'add' | 'put'): { key: Key; undo: () => void } {
		const row = rowIn(given);
		if (this.#auto && row[this.primary] === undefined) row[this.primary] = ++this.#last;
		const key = row[this.primary] as Key;
		if (typeof key !== 'string' && typeof key !== 'number')
			throw new StoreError('DataError', `${this.name}: a row without a key`);
		if (this.#auto && typeof key === 'number') this.#last = Math.max(this.#last, key);
		const before = this.#rows.get(key);
		if (mode === 'add' && before !== undefined)
			throw new StoreError('ConstraintError', `${this.name}: ${key} is there already`);
		for (const { keyPath, unique } of this.#indexes)
			if (unique === true && typeof keyPath === 'string') {
				const others = this.#byIndex.get(keyPath)?.get(row[keyPath] as Key)?.keys;
				if (others !== undefined && [...others].some((other) => other !== key))
					throw new StoreError('ConstraintError', `${this.name}: ${keyPath} is there already`);
			}
		this.#set(key, row, before);
		return { key, undo: () => this.#set(key, before, row) };
	}

	delete(key: Key): (() => void) | null {
		const before = this.#rows.get(key);
		if (before === undefined) return null;
		this.#set(key, undefined, before);
		return () => this.#set(key, before, undefined);
	}

	#set(key: Key, row: Row | undefined, before: Row | undefined): void {
		if (row === undefined) {
			this.#rows.delete(key);
			this.#all.remove(key);
		} else {
			this.#rows.set(key, row);
			if (before === undefined) this.#all.add(key);
		}
		for (const [path, index] of this.#byIndex) {
			const [now, then] = [row?.[path], before?.[path]];
			if (now === then) continue;
			if (isKey(then)) index.get(then)?.remove(key);
			if (!isKey(now)) continue;
			const bucket = index.get(now) ?? new Bucket();
			index.set(now, bucket);
			bucket.add(key);
		}
	}

	/** Primary keys in the order of an index, and then of themselves. */
	ordered(index: string): Key[] {
		if (index === this.primary) return [...this.#all.sorted];
		const buckets = this.#byIndex.get(index);
		if (buckets !== undefined)
			return [...buckets]
				.sort(([a], [b]) => compareKeys(a, b))
				.flatMap(([, bucket]) => bucket.sorted);
		const keyed = [...this.#all.sorted].map((key) => ({ key, at: this.keyOf(index, key) }));
		return keyed
			.filter(({ at }) => (at as unknown[]).every(isKey))
			.sort((a, b) => compareKeys(a.at, b.at))
			.map(({ key }) => key);
	}

	/** Primary keys of the rows whose index has this value. */
	equal(index: string, value: unknown): readonly Key[] {
		if (!isKey(value)) throw new StoreError('DataError', `${this.name}: no key to look for`);
		if (index === this.primary) return this.#rows.has(value) ? [value] : [];
		const buckets = this.#byIndex.get(index);
		if (buckets === undefined)
			throw new StoreError('SchemaError', `${this.name} has no index ${index}`);
		return buckets.get(value)?.sorted ?? [];
	}

	/** What an index holds of a row. */
	keyOf(index: string, key: Key): unknown {
		const row = this.peek(key);
		if (!index.startsWith('[')) return row[index];
		if (!this.#indexes.some(({ name }) => name === index))
			throw new StoreError('SchemaError', `${this.name} has no index ${index}`);
		return index
			.slice(1, -1)
			.split('+')
			.map((path) => row[path]);
	}
}

const isKey = (value: unknown): value is Key =>
	typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
