import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import type { RegisterConnection } from './open-register.ts';
import type { AuditLog } from './audit-log.ts';
import type { Counters } from './counter.ts';

/** What the file beside the register remembers of it. */
export interface EpochFile {
	epoch: string;
	/** a sequence number the register has certainly reached; may lag behind */
	seq: number;
	/** the last case number it has certainly given out; may lag behind too */
	caseNumber: number;
}

/** A new epoch's numbers start this far above anything an earlier one can have given out. */
export const epochGap = 1_000_000;

/** More cases than any council files between two backups: their numbers may have been told to applicants. */
export const caseNumberGap = 1_000;

/**
 * Which history this register is telling. A register restored from a backup looks whole but is
 * not the one the devices knew: the file beside it gives that away, and a new epoch starts,
 * upon which devices send again what the backup had not held.
 */
export class Epochs {
	readonly #connection: RegisterConnection;
	readonly #counters: Counters;
	readonly #audit: AuditLog;
	readonly #file: string | null;
	readonly #current: Database.Statement<[], string>;

	constructor(
		connection: RegisterConnection,
		parts: { counters: Counters; audit: AuditLog; file: string | null }
	) {
		this.#connection = connection;
		this.#counters = parts.counters;
		this.#audit = parts.audit;
		this.#file = parts.file;
		this.#current = connection.sqlite
			.prepare<[], string>(`select value from meta where name = 'epoch'`)
			.pluck();
	}

	/** Read each time: another process may have begun a new one. */
	current(): string {
		const id = this.#current.get();
		if (id === undefined) throw new Error('this register has no epoch yet');
		return id;
	}

	/** Compares the register with the file beside it, once, when a writer opens it. */
	settle(at: string): void {
		// the file first: another process only ever raises the register above it
		const remembered = this.#file === null ? null : readEpochFile(this.#file);
		this.#connection.sqlite
			.transaction(() => {
				const known = this.#current.get();
				const seq = this.#counters.value('seq');
				if (remembered !== null && remembered.caseNumber > this.#counters.value('case-number'))
					this.#counters.set('case-number', remembered.caseNumber);
				if (known === undefined && remembered === null) this.#begin(at, seq, 'new register');
				else if (known === undefined)
					this.#begin(at, (remembered?.seq ?? 0) + epochGap, 'the register file was replaced');
				else if (this.#file === null) return;
				else if (remembered === null)
					this.#begin(at, seq + epochGap, 'the file that remembers the epoch is missing');
				else if (remembered.epoch !== known)
					this.#begin(at, Math.max(seq, remembered.seq) + epochGap, 'restored from a backup');
				else if (seq < remembered.seq)
					this.#begin(at, remembered.seq + epochGap, 'the register is behind what it had reached');
			})
			.immediate();
		this.remember();
	}

	/** @param reached a sequence number some device can prove this council had given out */
	beginAfter(at: string, reached: number, reason: string): void {
		const floor = Math.max(this.#counters.value('seq'), reached);
		this.#begin(at, floor + epochGap, reason);
	}

	/**
	 * An operator has put a backup in the register's place: always a new epoch, above anything that
	 * the replaced one can have given out.
	 *
	 * @param beside what the file beside the replaced register remembered
	 */
	beginRestored(at: string, beside: EpochFile | null, reason: string): void {
		if (beside !== null && beside.caseNumber > this.#counters.value('case-number'))
			this.#counters.set('case-number', beside.caseNumber);
		this.beginAfter(at, beside?.seq ?? 0, reason);
	}

	#begin(at: string, afterSeq: number, reason: string): void {
		const id = randomUUID();
		const { sqlite } = this.#connection;
		sqlite
			.prepare('insert into epoch (id, after_seq, started_at, reason) values (?, ?, ?, ?)')
			.run(id, afterSeq, at, reason);
		sqlite
			.prepare(
				`insert into meta (name, value) values ('epoch', ?)
				on conflict (name) do update set value = excluded.value`
			)
			.run(id);
		this.#counters.set('seq', afterSeq);
		// a number of the lost history is never given to another case
		if (this.#counters.value('case-number') > 0) this.#counters.raise('case-number', caseNumberGap);
		this.#audit.append(at, 'epoch-began', { epoch: id, afterSeq, reason });
	}

	/** Writes what has been reached into the file beside the register. */
	remember(): void {
		if (this.#file !== null) this.rememberIn(this.#file);
	}

	rememberIn(file: string): void {
		const reached = this.#connection.sqlite
			.prepare<[], EpochFile>(
				`select (select value from meta where name = 'epoch') as epoch,
				coalesce((select value from counter where name = 'seq'), 0) as seq,
				coalesce((select value from counter where name = 'case-number'), 0) as caseNumber`
			)
			.get();
		replaceFile(file, JSON.stringify(reached));
	}
}

export function readEpochFile(file: string): EpochFile | null {
	try {
		const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<EpochFile>;
		return typeof read.epoch === 'string' && typeof read.seq === 'number'
			? { epoch: read.epoch, seq: read.seq, caseNumber: read.caseNumber ?? 0 }
			: null;
	} catch (problem) {
		if (problem instanceof SyntaxError || (problem as NodeJS.ErrnoException).code === 'ENOENT')
			return null;
		throw problem;
	}
}

/** Old content or new content, never half of either, and on the disk when this returns. */
export function replaceFile(file: string, content: string): void {
	const beside = `${file}.${process.pid}.tmp`;
	const handle = openSync(beside, 'w', 0o600);
	writeSync(handle, content);
	fsyncSync(handle);
	closeSync(handle);
	renameSync(beside, file);
	const folder = openSync(dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}
