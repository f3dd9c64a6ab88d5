import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { replaceFile } from './epoch.ts';
import { canonicalJson, type ReceiptKeys } from './receipt.ts';
import type { RegisterParts } from './register-parts.ts';

/** The end of the audit chain as it was published: rows after it may be new, none before it may be missing. */
export interface PublishedHead {
	n: number;
	hash: string;
	at: string;
	/** the register's epoch: only a new one, itself on record, may publish another past */
	epoch: string;
	signature: string;
}

/** Commits between two flushed writes, and the longest time between them, milliseconds. */
const everyCommits = 100;
const everyMilliseconds = 250;

/** A disk writes so many bytes whole or not at all. */
const sector = 512;

/** Beside the flushed head, the head as of the very last commit: a crash of the server leaves it true. */
export const latestOf = (file: string): string => `${file}.latest`;

const parts = ({ n, hash, at, epoch }: Omit<PublishedHead, 'signature'>) => [
	'audit-head',
	canonicalJson({ n, hash, at, epoch })
];

/** Runs it; gives why it failed, in words, or null. */
function problemOf(write: () => void): string | null {
	try {
		write();
		return null;
	} catch (problem) {
		return `The files beside the register cannot be written: ${String(problem)}`;
	}
}

/** Writes the signed head of the chain, and how far the register has come, outside the database. */
export class AuditHead {
	readonly #parts: RegisterParts;
	readonly #file: string | null;
	#commits = 0;
	#timer: NodeJS.Timeout | null = null;
	#problem: string | null = null;
	#latestProblem: string | null = null;
	/** of the file for the last commit; null before the first */
	#latest: number | null = null;

	constructor(parts: RegisterParts, file: string | null) {
		this.#parts = parts;
		this.#file = file;
	}

	/** Why the last writing failed; null while it works. What was committed is on the disk all the same. */
	get problem(): string | null {
		return this.#problem ?? this.#latestProblem;
	}

	/** Call after a commit: flushes to the disk only now and then, so that no officer waits for it. */
	remember(): void {
		if (this.#file === null) return;
		this.#latestProblem = problemOf(() => this.#writeLatest());
		this.#commits += 1;
		if (this.#commits >= everyCommits) this.flush();
		else this.#timer ??= setTimeout(() => this.flush(), everyMilliseconds).unref();
	}

	/** A full disk here undoes no commit and stops no server: the next commit tries again. */
	flush(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		this.#commits = 0;
		this.#problem = problemOf(() => this.#write());
	}

	close(): void {
		this.flush();
		if (this.#latest !== null) closeSync(this.#latest);
		this.#latest = null;
	}

	/** Into the same place each time and not flushed: a killed server loses none of it, a power cut may. */
	#writeLatest(): void {
		if (this.#file === null) return;
		const head = this.#signed();
		if (head === null) return;
		this.#latest ??= this.#openLatest(latestOf(this.#file), head.epoch);
		writeSync(this.#latest, JSON.stringify(head).padEnd(sector), 0);
	}

	#openLatest(file: string, epoch: string): number {
		this.#refuseToHide(readAuditHead(file, this.#parts.keys, 'may be torn'), epoch);
		// neither emptied nor made anew: what it says stays until it is written over
		try {
			return openSync(file, 'r+');
		} catch (problem) {
			if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
			return openSync(file, 'wx', 0o600);
		}
	}

	/** The end of the chain now; null while it is empty. */
	#signed(): PublishedHead | null {
		const last = this.#parts.audit.last();
		if (last === undefined) return null;
		const { n, hash, at } = last;
		const head = { n, hash, at, epoch: this.#parts.epochs.current() };
		return { ...head, signature: this.#parts.keys.sign(parts(head)) };
	}

	#write(): void {
		this.#parts.epochs.remember();
		if (this.#file === null) return;
		const head = this.#signed();
		if (head === null) return;
		this.#refuseToHide(readAuditHead(this.#file, this.#parts.keys), head.epoch);
		replaceFile(this.#file, JSON.stringify(head));
	}

	#refuseToHide(published: PublishedHead | 'forged' | null, epoch: string): void {
		if (published !== null && this.#contradicts(published, epoch))
			throw new Error(
				'the published head of the audit contradicts the chain, and stays as evidence'
			);
	}

	/** Whether rows that were published in this epoch are missing or are others now. */
	#contradicts(published: PublishedHead | 'forged', epoch: string): boolean {
		if (published === 'forged') return true;
		return published.epoch === epoch && this.#parts.audit.hashOf(published.n) !== published.hash;
	}
}

/**
 * @param wholeness `may be torn`: a power cut may have left half of it, which says nothing
 * @returns null when there is no such file; `forged` when it is not signed by a key of ours
 */
export function readAuditHead(
	file: string,
	keys: ReceiptKeys,
	wholeness: 'is whole' | 'may be torn' = 'is whole'
): PublishedHead | 'forged' | null {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw problem;
	}
	try {
		const head = JSON.parse(text) as PublishedHead;
		return keys.verify(parts(head), head.signature) ? head : 'forged';
	} catch {
		return wholeness === 'is whole' ? 'forged' : null;
	}
}
