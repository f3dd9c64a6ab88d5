import { setImmediate } from 'node:timers/promises';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { openInstallation } from '#lib/server/installation.ts';
import type { Register } from '#lib/server/register/register.ts';
import { makeCouncil } from '../e2e/support/council.ts';
import { inventedSubmission } from '../e2e/support/submissions.ts';

/** Cases of the officer whose tablet is measured. */
export const assigned = 200;
/** Cases with something new in one sync. */
const edits = 20;
/** Writers commit this often. */
const bulk = 100;

type Progress = (what: string, done: number, of: number) => void;

/** A council on disk that grows from one size to the next. */
export class BenchCouncil {
	readonly dataDir: string;
	readonly #officers: Awaited<ReturnType<typeof makeCouncil>>['officers'];
	/** cases of Jo, whose tablet is measured */
	readonly #ofJo: readonly string[];
	#size: number;
	#edited = 0;

	private constructor(dataDir: string, made: Awaited<ReturnType<typeof makeCouncil>>) {
		this.dataDir = dataDir;
		this.#officers = made.officers;
		this.#ofJo = made.cases.map(({ caseId }) => caseId);
		this.#size = made.cases.length;
	}

	static async make(dataDir: string): Promise<BenchCouncil> {
		const council = { cases: assigned, assigned: { who: 'jo', first: assigned } } as const;
		return new BenchCouncil(dataDir, await makeCouncil(dataDir, council));
	}

	/** Files cases up to a size. The first `visits` of them become Sam's, to be visited; gives their ids. */
	async grow(size: number, visits: number, progress: Progress): Promise<string[]> {
		const installation = openInstallation(this.dataDir);
		try {
			const { register } = only(installation.councils());
			const toVisit: string[] = [];
			const begin = this.#size;
			while (this.#size < size) {
				const next = Math.min(this.#size + bulk, size);
				register.transaction(() => {
					for (let index = this.#size; index < next; index += 1) {
						const caseId = file(register, index);
						if (toVisit.length < visits) toVisit.push(caseId);
					}
				});
				this.#size = next;
				progress(`Filing cases up to ${size}`, next - begin, size - begin);
				await setImmediate();
			}
			const payload = { officerId: this.#officers.sam.id };
			register.performAs(
				this.#officers.priya.id,
				toVisit.map((caseId) => ({ name: 'assign-case', caseId, payload }))
			);
			return toVisit;
		} finally {
			installation.close();
		}
	}

	/** Somebody else edits some of Jo's cases, from another process than the server. */
	edit(): void {
		const installation = openInstallation(this.dataDir);
		try {
			const { register } = only(installation.councils());
			this.#edited += 1;
			const answers = register.performAs(
				this.#officers.priya.id,
				this.#ofJo.slice(0, edits).map((caseId) => {
					const base = register.caseFile(caseId).case?.writers['accessNote'] ?? null;
					const value = `The gate code is ${1000 + this.#edited}.`;
					const payload = { kind: 'case', id: caseId, fields: { accessNote: { base, value } } };
					return { name: 'edit-record', caseId, payload };
				})
			);
			const failed = answers.find(({ outcome }) => outcome !== 'applied');
			if (failed !== undefined) throw new Error(`An edit was not applied: ${failed.code ?? ''}`);
		} finally {
			installation.close();
		}
	}
}

function file(register: Register, index: number): string {
	const { payload } = inventedSubmission(index);
	const filed = fileSubmission(register, Buffer.from(JSON.stringify(payload)), {
		sender: 'import',
		council: 'LBH',
		whateverItNames: false,
		now: new Date()
	});
	if (filed.caseId === null) throw new Error(`Not filed: ${JSON.stringify(filed.problems)}`);
	return filed.caseId;
}

function only<T>(items: readonly T[]): T {
	const [item] = items;
	if (item === undefined) throw new Error('There is no council.');
	return item;
}
