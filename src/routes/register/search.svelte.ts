import type { PlanningCase } from '#lib/domain/planning-case.ts';
import { shownCases } from '#lib/local/shown-case.ts';
import type { App } from '../app.svelte.ts';
import { sentenceFor } from '../sentence-for.ts';
import { isUnreachable } from '../shell/unreachable.ts';
import { searchDevice } from './search-device.ts';
import { sortOf, type RegisterQuery } from './query.ts';

const notSearched =
	'The register could not be searched, because of a fault in this app. These are the cases on this tablet.';

export const pageSize = 25;

/** One line of a result. */
export type Found = Pick<
	PlanningCase,
	| 'reference'
	| 'address'
	| 'description'
	| 'applicationType'
	| 'status'
	| 'assignedTo'
	| 'receivedOn'
	| 'postcode'
> & { caseId: string };

export interface Result {
	query: RegisterQuery;
	/** where it was searched */
	in: 'register' | 'device';
	total: number;
	rows: readonly Found[];
}

/** Searches the register; where it cannot be reached, this device's cases, and the page says so. */
export class RegisterSearch {
	result = $state.raw<Result | null>(null);
	/** why the register would not search, in words */
	problem = $state<string | null>(null);
	busy = $state(false);
	readonly #app: App;
	#asked = 0;

	constructor(app: App) {
		this.#app = app;
	}

	async run(query: RegisterQuery): Promise<void> {
		const asked = ++this.#asked;
		this.busy = true;
		let result: Result;
		let problem: string | null = null;
		try {
			result = { query, in: 'register', ...(await this.#askRegister(query)) };
		} catch (error) {
			if (!isUnreachable(error)) problem = sentenceFor(error, notSearched);
			const rows = searchDevice(await shownCases(this.#app.device), query);
			const from = (query.page - 1) * pageSize;
			result = { query, in: 'device', total: rows.length, rows: rows.slice(from, from + pageSize) };
		}
		// an answer that comes after a newer question is no answer
		if (asked !== this.#asked) return;
		this.result = result;
		this.problem = problem;
		this.busy = false;
	}

	#askRegister(query: RegisterQuery) {
		return this.#app.register.register.search.query({
			query: query.words.trim(),
			status: query.status,
			type: query.type,
			assignedTo: query.officer,
			gaps: query.gaps,
			sort: sortOf(query),
			page: query.page,
			pageSize
		});
	}
}
