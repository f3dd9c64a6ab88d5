import type Database from 'better-sqlite3';
import { keepingRulesAt, type BackupState } from '#lib/domain/keeping-rules.ts';
import type { Counters } from './counter.ts';

/** A backup that was reopened, checked and found whole. */
export interface VerifiedBackup {
	/** the last sequence number it holds */
	seq: number;
	/** when it was taken, an instant */
	at: string;
	/** on the same disk as the register */
	sameMachine: boolean;
}

const hour = 60 * 60 * 1000;

/** What is in a verified backup, and what devices may conclude from it. */
export class Archive {
	readonly #counters: Counters;
	readonly #read: Database.Statement<[], string>;
	readonly #write: Database.Statement<[string]>;
	readonly #keepDays: number | null;

	/** @param keepDays the council's own number of days; null: the one of the rules */
	constructor(sqlite: Database.Database, counters: Counters, keepDays: number | null) {
		this.#counters = counters;
		this.#keepDays = keepDays;
		this.#read = sqlite
			.prepare<[], string>(`select value from meta where name = 'verified-backup'`)
			.pluck();
		this.#write = sqlite.prepare(
			`insert into meta (name, value) values ('verified-backup', ?)
			on conflict (name) do update set value = excluded.value`
		);
	}

	/** Never backwards: an older backup that is verified late takes nothing back. */
	publish(backup: VerifiedBackup): void {
		if (backup.seq < this.#counters.value('archived-seq')) return;
		this.#counters.set('archived-seq', backup.seq);
		this.#write.run(JSON.stringify(backup));
	}

	/** up to this number everything is in a verified backup */
	seq(): number {
		return this.#counters.value('archived-seq');
	}

	state(now: Date): BackupState {
		const { keepDays, staleAfterHours } = keepingRulesAt(now);
		const kept = this.#read.get();
		const last = kept === undefined ? null : (JSON.parse(kept) as VerifiedBackup);
		const age = last === null ? Infinity : now.getTime() - Date.parse(last.at);
		return {
			lastAt: last?.at ?? null,
			sameMachine: last?.sameMachine ?? false,
			releasing: age <= staleAfterHours * hour,
			keepDays: this.#keepDays ?? keepDays
		};
	}
}
