import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { openInstallation } from '#lib/server/installation.ts';
import type { Register } from '#lib/server/register/register.ts';
import { makeCouncil } from '../e2e/support/council.ts';
import { inventedSubmission } from '../e2e/support/submissions.ts';
import { placeOf } from './town.ts';

/** Cases of the officer whose tablet is measured. */
export const assigned = 200;
/** Cases with something new in one sync. */
const edits = 20;
/** Cases filed in one transaction. */
const bulk = 250;
/** Cases between two notes of how far it has grown, so that it can go on where it was stopped. */
const stage = 5_000;

/** When the first case came, and milliseconds to the next: 100,000 of them in nine and a half years. */
const firstDay = Date.parse('2016-01-04T09:00:00Z');
const between = 50 * 60_000;

type Progress = (what: string, done: number, of: number) => void;

/** What is kept of a council beside its data. */
interface Kept {
	size: number;
	/** ids of the officers */
	jo: string;
	sam: string;
	priya: string;
	/** cases of Jo, whose tablet is measured */
	ofJo: string[];
	/** cases filed last, of nobody: to be visited */
	latest: string[];
}

/** A council on disk, in a folder of its own. */
export class BenchCouncil {
	readonly #folder: string;
	#kept: Kept;
	#edited = 0;

	private constructor(folder: string, kept: Kept) {
		this.#folder = folder;
		this.#kept = kept;
	}

	/** The council in a folder; a new one with Jo's cases where there is none. */
	static async at(folder: string): Promise<BenchCouncil> {
		if (existsSync(keptIn(folder)))
			return new BenchCouncil(folder, JSON.parse(readFileSync(keptIn(folder), 'utf8')) as Kept);
		mkdirSync(folder, { recursive: true });
		const { officers, cases } = await makeCouncil(join(folder, 'data'), {
			cases: assigned,
			assigned: { who: 'jo', first: assigned }
		});
		const council = new BenchCouncil(folder, {
			size: assigned,
			jo: officers.jo.id,
			sam: officers.sam.id,
			priya: officers.priya.id,
			ofJo: cases.map(({ caseId }) => caseId),
			latest: []
		});
		council.#keep();
		return council;
	}

	get dataDir(): string {
		return join(this.#folder, 'data');
	}

	get size(): number {
		return this.#kept.size;
	}

	/** Another council that is as this one is now. */
	copy(folder: string): BenchCouncil {
		cpSync(this.#folder, folder, { recursive: true });
		return new BenchCouncil(folder, structuredClone(this.#kept));
	}

	/** Files cases up to a size. */
	async grow(size: number, progress: Progress): Promise<void> {
		const begin = this.size;
		while (this.size < size) {
			const end = Math.min(size, this.size + stage);
			const installation = openInstallation(this.dataDir);
			try {
				const { register } = only(installation.councils());
				while (this.size < end) {
					this.#file(register, Math.min(end, this.size + bulk));
					progress(`Filing cases up to ${size}`, this.size - begin, size - begin);
					await setImmediate();
				}
			} finally {
				installation.close();
			}
			this.#keep();
		}
	}

	#file(register: Register, next: number): void {
		const filed = register.transaction(() =>
			Array.from({ length: next - this.size }, (_, nth) => file(register, this.size + nth))
		);
		this.#kept.size = next;
		this.#kept.latest = [...this.#kept.latest, ...filed].slice(-100);
	}

	/** Gives Sam so many cases to visit; their ids. */
	assignVisits(count: number): string[] {
		const toVisit = this.#kept.latest.slice(-count);
		if (toVisit.length < count) throw new Error(`There are not ${count} cases to visit.`);
		const payload = { officerId: this.#kept.sam };
		this.#perform(toVisit.map((caseId) => ({ name: 'assign-case', caseId, payload })));
		return toVisit;
	}

	/** Somebody else edits some of Jo's cases, from another process than the server. */
	edit(): void {
		this.#edited += 1;
		const value = `The gate code is ${1000 + this.#edited}.`;
		this.#perform((register) =>
			this.#kept.ofJo.slice(0, edits).map((caseId) => {
				const base = register.caseFile(caseId).case?.writers['accessNote'] ?? null;
				const payload = { kind: 'case', id: caseId, fields: { accessNote: { base, value } } };
				return { name: 'edit-record', caseId, payload };
			})
		);
	}

	#perform(made: Made | ((register: Register) => Made)): void {
		const installation = openInstallation(this.dataDir);
		try {
			const { register } = only(installation.councils());
			const answers = register.performAs(
				this.#kept.priya,
				typeof made === 'function' ? made(register) : made
			);
			const failed = answers.find(({ outcome }) => outcome !== 'applied');
			if (failed !== undefined) throw new Error(`Something was not done: ${failed.code ?? ''}`);
		} finally {
			installation.close();
		}
	}

	#keep(): void {
		writeFileSync(keptIn(this.#folder), JSON.stringify(this.#kept));
	}
}

type Made = Parameters<Register['performAs']>[1];

const keptIn = (folder: string) => join(folder, 'bench.json');

function file(register: Register, index: number): string {
	const { payload } = inventedSubmission(index, placeOf(index));
	const filed = fileSubmission(register, Buffer.from(JSON.stringify(payload)), {
		sender: 'import',
		council: 'LBH',
		whateverItNames: false,
		now: new Date(firstDay + index * between)
	});
	if (filed.caseId === null) throw new Error(`Not filed: ${JSON.stringify(filed.problems)}`);
	return filed.caseId;
}

function only<T>(items: readonly T[]): T {
	const [item] = items;
	if (item === undefined) throw new Error('There is no council.');
	return item;
}
