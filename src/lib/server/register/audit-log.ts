import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { canonicalJson, sha256Hex } from './receipt.ts';

/** One row of the audit as it is chained. */
export interface AuditRow {
	n: number;
	at: string;
	what: string;
	/** canonical JSON */
	body: string;
	hash: string;
}

/** The hash before the first row. */
export const chainStart = '0'.repeat(64);

/** h_n = SHA-256(h_{n-1} ‖ canonical(row_n)) */
export const chained = (before: string, { n, at, what, body }: Omit<AuditRow, 'hash'>): string =>
	sha256Hex(before + canonicalJson({ n, at, what, body }));

/** Words that people wrote enter the chain only so: without the salt nobody can tell whose they were. */
export const saltedHash = (salt: string, content: string): string => sha256Hex(salt + content);

/** Appends to the chain, always inside the transaction of what it records. */
export class AuditLog {
	readonly #last: Database.Statement<[], AuditRow>;
	readonly #append: Database.Statement<[AuditRow]>;
	readonly #hash: Database.Statement<[number], string>;
	readonly #salt: Database.Statement<[number, string]>;

	constructor(sqlite: Database.Database) {
		this.#last = sqlite.prepare('select * from audit order by n desc limit 1');
		this.#hash = sqlite.prepare<[number], string>('select hash from audit where n = ?').pluck();
		this.#append = sqlite.prepare(
			'insert into audit (n, at, what, body, hash) values (@n, @at, @what, @body, @hash)'
		);
		this.#salt = sqlite.prepare('insert into audit_salt (n, salt) values (?, ?)');
	}

	last(): AuditRow | undefined {
		return this.#last.get();
	}

	/** The chained hash of row `n`; undefined when there is no such row. */
	hashOf(n: number): string | undefined {
		return this.#hash.get(n);
	}

	/** `content` is anything that may hold personal data: only its salted hash is chained. */
	append(at: string, what: string, facts: Record<string, unknown>, content?: string): void {
		const last = this.last();
		const n = (last?.n ?? 0) + 1;
		let body = facts;
		if (content !== undefined) {
			const salt = randomBytes(16).toString('hex');
			this.#salt.run(n, salt);
			body = { ...facts, content: saltedHash(salt, content) };
		}
		const row = { n, at, what, body: canonicalJson(body) };
		this.#append.run({ ...row, hash: chained(last?.hash ?? chainStart, row) });
	}
}
