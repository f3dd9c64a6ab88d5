import { parentPort, workerData } from 'node:worker_threads';
import { openRegister } from './open-register.ts';
import { findCases, type SearchQuery } from './search-query.ts';

/** Runs in a thread of its own, with a connection that can only read. */
const { sqlite } = openRegister((workerData as { file: string }).file, { readonly: true });

parentPort?.on('message', ({ id, query }: { id: number; query: SearchQuery }) => {
	try {
		parentPort?.postMessage({ id, page: findCases(sqlite, query) });
	} catch (problem) {
		parentPort?.postMessage({ id, problem: String(problem) });
	}
});
