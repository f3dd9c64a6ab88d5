import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Register } from './register.ts';
import { findCases, type SearchPage, type SearchQuery } from './search-query.ts';

type Reply = { id: number; page: SearchPage } | { id: number; problem: string };
interface Waiting {
	resolve: (page: SearchPage) => void;
	reject: (problem: Error) => void;
}

/** One thread for each register that has been searched. */
class Searcher {
	readonly #file: string;
	readonly #waiting = new Map<number, Waiting>();
	#worker: Worker | null = null;
	#asked = 0;

	constructor(file: string) {
		this.#file = file;
	}

	ask(query: SearchQuery): Promise<SearchPage> {
		const worker = (this.#worker ??= this.#start());
		const id = ++this.#asked;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			worker.ref();
			worker.postMessage({ id, query });
		});
	}

	close(): void {
		void this.#worker?.terminate();
		this.#stopped(new Error('The register was closed during the search.'));
	}

	#start(): Worker {
		// the source itself: Node strips the types, in the built server as on the command line
		const worker = new Worker(resolve('src/lib/server/register/search-worker.ts'), {
			workerData: { file: this.#file },
			execArgv: []
		});
		worker.unref();
		worker.on('message', (reply: Reply) => {
			const waiting = this.#waiting.get(reply.id);
			this.#waiting.delete(reply.id);
			if (this.#waiting.size === 0) worker.unref();
			if ('page' in reply) waiting?.resolve(reply.page);
			else waiting?.reject(new Error(`The search failed: ${reply.problem}`));
		});
		worker.on('error', (problem) => {
			if (this.#worker === worker) this.#stopped(problem as Error);
		});
		return worker;
	}

	/** Whoever waits is told; the next question starts another thread. */
	#stopped(problem: Error): void {
		this.#worker = null;
		const waiting = [...this.#waiting.values()];
		this.#waiting.clear();
		for (const one of waiting) one.reject(problem);
	}
}

const searchers = new WeakMap<Register, Searcher>();

/** Searches all cases of a council, off the thread that answers requests. */
export async function searchRegister(register: Register, query: SearchQuery): Promise<SearchPage> {
	const { file, sqlite } = register.connection;
	// a register in memory has no file that another thread could open
	if (file === ':memory:') return findCases(sqlite, query);
	let searcher = searchers.get(register);
	if (searcher === undefined) {
		const made = (searcher = new Searcher(file));
		searchers.set(register, made);
		register.whenClosed(() => made.close());
	}
	return searcher.ask(query);
}

export type { SearchPage, SearchQuery, SearchRow } from './search-query.ts';
