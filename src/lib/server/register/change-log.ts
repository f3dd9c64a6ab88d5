import type Database from 'better-sqlite3';
import type { Counters } from './counter.ts';

/** One numbered step of the register's history; its change rows share the number. */
export interface Step {
	seq: number;
	put(kind: string, recordId: string, caseId: string): void;
	scope(op: 'scope-add' | 'scope-remove', officerId: string, caseId: string): void;
	officers(): void;
}

/** Gives out sequence numbers and writes down what changed under each. */
export class ChangeLog {
	readonly #counters: Counters;
	readonly #append: Database.Statement<
		[
			number,
			number,
			string,
			string | null,
			string | null,
			string | null,
			string | null,
			string | null
		]
	>;

	constructor(sqlite: Database.Database, counters: Counters) {
		this.#counters = counters;
		this.#append = sqlite.prepare(
			`insert into change_log (seq, n, op, kind, record_id, case_id, officer_id, command_id)
			values (?, ?, ?, ?, ?, ?, ?, ?)`
		);
	}

	/** the last number given out */
	head(): number {
		return this.#counters.value('seq');
	}

	step(commandId: string | null): Step {
		const seq = this.#counters.raise('seq');
		let n = 0;
		return {
			seq,
			put: (kind, recordId, caseId) =>
				this.#append.run(seq, n++, 'put', kind, recordId, caseId, null, commandId),
			scope: (op, officerId, caseId) =>
				this.#append.run(seq, n++, op, null, null, caseId, officerId, commandId),
			officers: () => {
				this.#append.run(seq, n++, 'officers', null, null, null, null, commandId);
				this.#counters.set('officers-seq', seq);
			}
		};
	}
}
