import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where tests leave what they counted, for `npm run guarantees` to collect. */
export const reportFolder = join('test-results', 'reliability');

/** What one test of the record counted. */
export interface Reliability {
	/** 1 to 16 as in docs/guarantees.md; null when it proves none of them alone */
	guarantee: number | null;
	/** of the file it is written to, in small letters */
	name: string;
	/** what chance began with; null where nothing is left to chance */
	seed: number | null;
	counts: Record<string, number>;
	passed: boolean;
	/** the browser it ran in, and the guarantees that its checks bear on, where it is about one */
	browser?: { name: string; version: string; guarantees: number[] };
}

/** Leaves what a test counted. A name that is used again replaces what was there. */
export function report(counted: Reliability): void {
	mkdirSync(reportFolder, { recursive: true });
	writeFileSync(join(reportFolder, `${counted.name}.json`), JSON.stringify(counted, null, '\t'));
	const words = Object.entries(counted.counts).map(([what, n]) => `${what} ${n}`);
	console.info(`${counted.name}: ${words.join(', ')}`);
}

/**
 * Runs a test's work and leaves what it counted, also when it fails: a record that holds only
 * successes is no record.
 */
export async function reported(
	about: Pick<Reliability, 'guarantee' | 'name' | 'seed'>,
	work: (counts: Record<string, number>) => Promise<void>
): Promise<void> {
	const counts: Record<string, number> = {};
	let passed = false;
	try {
		await work(counts);
		passed = true;
	} finally {
		report({ ...about, counts, passed });
	}
}

/** `full`: the long versions (`npm run guarantees -- --full`); else the shortened ones of `npm test`. */
export const fullRun = process.env['RELIABILITY'] === 'full';

/** How much of something this run does. */
export const amount = (short: number, full: number): number => (fullRun ? full : short);

/** Where this run's chance begins (`--seed`). */
export const runSeed = Number(process.env['RELIABILITY_SEED'] ?? 1);
