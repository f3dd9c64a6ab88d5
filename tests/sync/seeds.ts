import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { count, type FaultKind, type Struck } from './fault-kinds.ts';
import type { Ran } from './simulation.ts';
import { usualSteps } from './days.ts';

export interface SeedAsked {
	seed: number;
	steps: number;
}
export interface SeedRan {
	seed: number;
	store: 'memory' | 'dexie';
	ran: Ran | null;
	/** what it broke; null: nothing */
	failed: string | null;
}

/** What a range of seeds came to. */
export interface SeedsRan {
	from: number;
	/** the last one that was run; less than asked for when time was up */
	to: number;
	seeds: number;
	steps: number;
	facts: number;
	throughDexie: number;
	photos: number;
	struck: Struck;
	outcomes: Record<string, number>;
	failures: { seed: number; words: string }[];
	seconds: number;
}

/**
 * Runs seeds side by side, each in a worker, until the last or until time is up.
 * @param asked.until milliseconds since 1970 after which no other seed is begun
 */
export async function runSeeds(asked: {
	from: number;
	to: number;
	steps?: number;
	workers?: number;
	until?: number;
	progress?: (so: SeedsRan) => void;
}): Promise<SeedsRan> {
	const { from, to, steps = usualSteps, until = Infinity } = asked;
	const workers = asked.workers ?? Math.min(availableParallelism(), 4);
	const began = performance.now();
	const total: SeedsRan = {
		from,
		to: from - 1,
		seeds: 0,
		steps: 0,
		facts: 0,
		throughDexie: 0,
		photos: 0,
		struck: {},
		outcomes: {},
		failures: [],
		seconds: 0
	};
	let next = from;
	const work = async (): Promise<void> => {
		const worker = new Worker(new URL('./seed-worker.ts', import.meta.url));
		try {
			while (next <= to && Date.now() < until) {
				const seed = next++;
				add(total, await one(worker, { seed, steps }), steps);
				total.to = next - 1;
				total.seconds = (performance.now() - began) / 1000;
				asked.progress?.(total);
			}
		} finally {
			await worker.terminate();
		}
	};
	await Promise.all(Array.from({ length: workers }, work));
	return total;
}

const one = (worker: Worker, asked: SeedAsked): Promise<SeedRan> =>
	new Promise((resolve, reject) => {
		worker.once('error', reject);
		worker.once('message', (ran: SeedRan) => {
			worker.off('error', reject);
			resolve(ran);
		});
		worker.postMessage(asked);
	});

function add(total: SeedsRan, { seed, store, ran, failed }: SeedRan, steps: number): void {
	total.seeds++;
	if (ran === null) {
		total.failures.push({ seed, words: failed ?? '' });
		return;
	}
	total.steps += steps;
	total.facts += ran.facts;
	total.photos += ran.photos;
	if (store === 'dexie') total.throughDexie += ran.facts;
	for (const [kind, times] of Object.entries(ran.struck))
		count(total.struck, kind as FaultKind, times);
	for (const [outcome, n] of Object.entries(ran.outcomes))
		total.outcomes[outcome] = (total.outcomes[outcome] ?? 0) + n;
}
