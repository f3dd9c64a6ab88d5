import type Database from 'better-sqlite3';

/** Named whole numbers, one row each, raised in the transaction that uses them. */
export class Counters {
	readonly #read: Database.Statement<[string], number>;
	readonly #raise: Database.Statement<[string, number], number>;
	readonly #set: Database.Statement<[string, number]>;

	constructor(sqlite: Database.Database) {
		this.#read = sqlite
			.prepare<[string], number>('select value from counter where name = ?')
			.pluck();
		this.#raise = sqlite
			.prepare<[string, number], number>(
				`insert into counter (name, value) values (?, ?)
				on conflict (name) do update set value = value + excluded.value returning value`
			)
			.pluck();
		this.#set = sqlite.prepare(
			`insert into counter (name, value) values (?, ?)
			on conflict (name) do update set value = excluded.value`
		);
	}

	/** 0 when it has never been raised */
	value(name: string): number {
		return this.#read.get(name) ?? 0;
	}

	raise(name: string, by = 1): number {
		return this.#raise.get(name, by) as number;
	}

	set(name: string, value: number): void {
		this.#set.run(name, value);
	}
}
