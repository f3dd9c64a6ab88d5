import type { Run } from '#lib/commands/protocol.ts';

/** Numbers in any order as runs, first and last of each. */
export function runsOf(numbers: readonly number[]): Run[] {
	const runs: Run[] = [];
	for (const n of [...numbers].sort((a, b) => a - b)) {
		const last = runs.at(-1);
		if (last !== undefined && last[1] === n - 1) last[1] = n;
		else runs.push([n, n]);
	}
	return runs;
}

/** How many numbers there are in runs. */
export const countOf = (runs: readonly Run[]): number =>
	runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
