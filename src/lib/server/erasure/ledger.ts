import {
	closeSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readFileSync,
	statSync,
	writeSync
} from 'node:fs';
import { z } from 'zod';
import { recordsErased } from '#lib/domain/erasure.ts';
import { canonicalJson, sha256Hex } from '../register/receipt.ts';

const act = z.strictObject({
	/** from 1, without gaps */
	n: z.number().int().positive(),
	/** an instant */
	at: z.string(),
	/** officer id */
	by: z.string(),
	reason: z.string(),
	/** covers the entry and the hash before */
	hash: z.string()
});
const ofPayload = act.extend({
	/** id of the payload that was erased, and of its bytes */
	payload: z.string(),
	sha256: z.string(),
	/** the case that was made of it */
	caseId: z.string().nullable()
});
const ofRecords = act.extend({
	caseId: z.string(),
	/** records of it whose content was erased */
	things: recordsErased.shape.things,
	/** SHA-256 of the bytes that went with them */
	bytes: z.array(z.string())
});
const entry = z.union([ofPayload, ofRecords]);
/** One erasure act: what has to be gone from every copy of the register, whenever it comes back. */
export type Erasure = z.infer<typeof entry>;
export type PayloadErasure = z.infer<typeof ofPayload>;
export type RecordsErasure = z.infer<typeof ofRecords>;

export const isOfRecords = (one: Erasure): one is RecordsErasure => 'things' in one;

/** The hash before the first entry. */
const start = '0'.repeat(64);

const hashed = (before: string, { hash: _, ...rest }: Erasure): string =>
	sha256Hex(before + canonicalJson(rest));

/** What a ledger's file holds. */
export interface LedgerContent {
	entries: Erasure[];
	/** bytes of the whole lines; what follows was broken off before it was on the disk */
	whole: number;
	/** where the chain breaks, in words; entries after it are not believed */
	problem: string | null;
}

/** Empty when there is no file. */
export function readLedger(file: string): LedgerContent {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
		return { entries: [], whole: 0, problem: null };
	}
	const whole = text.lastIndexOf('\n') + 1;
	const entries: Erasure[] = [];
	let before = start;
	for (const line of text.slice(0, whole).split('\n').filter(Boolean)) {
		const n = entries.length + 1;
		const read = parsed(line);
		if (read?.n !== n || hashed(before, read) !== read.hash) {
			const problem = `The erasure ledger ${file} is not what was written, from its entry ${n} on.`;
			return { entries, whole: Buffer.byteLength(text.slice(0, whole)), problem };
		}
		entries.push(read);
		before = read.hash;
	}
	return { entries, whole: Buffer.byteLength(text.slice(0, whole)), problem: null };
}

function parsed(line: string): Erasure | null {
	try {
		return entry.safeParse(JSON.parse(line)).data ?? null;
	} catch {
		return null;
	}
}

/**
 * What has been erased from one council's register, in a file outside the database and its backups'
 * registers: a register restored from before an act is put right by it. Append-only, each entry
 * chained to the one before, on the disk before the act touches the register.
 */
export class ErasureLedger {
	readonly file: string;
	#known: { size: number; byCase: Map<string, RecordsErasure[]> } | null = null;

	constructor(file: string) {
		this.file = file;
	}

	read(): LedgerContent {
		return readLedger(this.file);
	}

	/** Acts on records of a case. Asked for everything that arrives: read again only when the file has grown. */
	ofCase(caseId: string): readonly RecordsErasure[] {
		const size = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
		if (this.#known?.size !== size) {
			const acts = this.read().entries.filter(isOfRecords);
			this.#known = { size, byCase: Map.groupBy(acts, (one) => one.caseId) };
		}
		return this.#known.byCase.get(caseId) ?? [];
	}

	/** @returns the entry, on the disk */
	append<E extends Erasure>(act: Omit<E, 'n' | 'hash'>): E {
		const { entries, whole, problem } = this.read();
		if (problem !== null) throw new Error(problem);
		const made = { n: entries.length + 1, ...act, hash: '' } as E;
		made.hash = hashed(entries.at(-1)?.hash ?? start, made);
		const handle = openSync(this.file, 'a', 0o600);
		try {
			ftruncateSync(handle, whole);
			writeSync(handle, `${JSON.stringify(made)}\n`);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
		return made;
	}
}
