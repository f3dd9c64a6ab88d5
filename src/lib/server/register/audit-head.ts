import { readFileSync } from 'node:fs';
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

/** Commits between two writes, and the longest time between them, milliseconds. */
const everyCommits = 100;
const everyMilliseconds = 250;

const parts = ({ n, hash, at, epoch }: Omit<PublishedHead, 'signature'>) => [
	'audit-head',
	canonicalJson({ n, hash, at, epoch })
];

/** Writes the signed head of the chain, and how far the register has come, outside the database. */
export class AuditHead {
	readonly #parts: RegisterParts;
	readonly #file: string | null;
	#commits = 0;
	#timer: NodeJS.Timeout | null = null;
	#problem: string | null = null;

	constructor(parts: RegisterParts, file: string | null) {
		this.#parts = parts;
		this.#file = file;
	}

	/** Why the last writing failed; null while it works. What was committed is on the disk all the same. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Call after a commit: writes now and then, so that no officer waits for it. */
	remember(): void {
		if (this.#file === null) return;
		this.#commits += 1;
		if (this.#commits >= everyCommits) this.flush();
		else this.#timer ??= setTimeout(() => this.flush(), everyMilliseconds).unref();
	}

	/** A full disk here undoes no commit and stops no server: the next commit tries again. */
	flush(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		this.#commits = 0;
		try {
			this.#write();
			this.#problem = null;
		} catch (problem) {
			this.#problem = `The files beside the register cannot be written: ${String(problem)}`;
		}
	}

	#write(): void {
		this.#parts.epochs.remember();
		if (this.#file === null) return;
		const last = this.#parts.audit.last();
		if (last === undefined) return;
		const epoch = this.#parts.epochs.current();
		const published = readAuditHead(this.#file, this.#parts.keys);
		if (published !== null && this.#contradicts(published, epoch))
			throw new Error(
				'the published head of the audit contradicts the chain, and stays as evidence'
			);
		const head = { n: last.n, hash: last.hash, at: last.at, epoch };
		const signature = this.#parts.keys.sign(parts(head));
		replaceFile(this.#file, JSON.stringify({ ...head, signature }));
	}

	/** Whether rows that were published in this epoch are missing or are others now. */
	#contradicts(published: PublishedHead | 'forged', epoch: string): boolean {
		if (published === 'forged') return true;
		return published.epoch === epoch && this.#parts.audit.hashOf(published.n) !== published.hash;
	}
}

/** @returns null when there is no such file; `forged` when it is not signed by a key of ours */
export function readAuditHead(file: string, keys: ReceiptKeys): PublishedHead | 'forged' | null {
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
		return 'forged';
	}
}
