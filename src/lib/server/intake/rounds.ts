import { confirmWaitingBytes } from '../blobs/received.ts';
import { bytesOf } from '../blobs/council-bytes.ts';
import type { Council } from '../installation.ts';
import { fetchDocuments } from './fetch-documents.ts';
import type { FetchRules } from './fetch-file.ts';

/** Between the end of one round and the start of the next, milliseconds. */
const pause = 60_000;

/**
 * What the running server does by itself for bytes: fetches documents that are due, confirms
 * bytes whose words have been accepted meanwhile, and drops uploads nobody went on with.
 *
 * @returns the way to stop; a round under way ends first
 */
export function startRounds(
	councils: () => Iterable<Council>,
	rules: FetchRules,
	onFault: (council: string, fault: unknown) => void
): () => void {
	let timer: NodeJS.Timeout;
	let stopped = false;
	const round = async () => {
		for (const council of councils()) {
			if (stopped) return;
			try {
				confirmWaitingBytes(council.register);
				await bytesOf(council).uploads.dropUnfinished();
				await fetchDocuments(council, rules, { everything: false, now: () => new Date() });
			} catch (fault) {
				onFault(council.code, fault);
			}
		}
		if (!stopped) timer = setTimeout(() => void round(), pause).unref();
	};
	timer = setTimeout(() => void round(), pause / 10).unref();
	return () => {
		stopped = true;
		clearTimeout(timer);
	};
}
