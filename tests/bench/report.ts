/** One measured number beside the least it could be on this machine in this run. */
export interface Measure {
	measure: string;
	/** cases in the register */
	size: number;
	unit: 'ms' | 'per second';
	measured: number;
	floor: number;
	/** measured / floor */
	ratio: number;
	/** the ratio that is wanted */
	aim: string;
	runs: number;
}

/** @returns the middle one; the mean of the two middle ones of an even number */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	const high = sorted[half];
	if (high === undefined) throw new Error('Nothing was measured.');
	const low = sorted.length % 2 === 1 ? high : (sorted[half - 1] ?? high);
	return (low + high) / 2;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Puts medians beside each other. */
export function beside(
	what: Pick<Measure, 'measure' | 'size' | 'unit' | 'aim'>,
	measured: readonly number[],
	floor: readonly number[]
): Measure {
	const [one, least] = [median(measured), median(floor)];
	return {
		...what,
		measured: rounded(one, 1),
		floor: rounded(least, 1),
		ratio: rounded(one / least, 2),
		runs: measured.length
	};
}

const columns = ['measure', 'cases', 'measured', 'floor', 'ratio', 'aim'];

/** For people. */
export function table(measures: readonly Measure[]): string {
	const figure = (value: number, { unit }: Measure) =>
		`${value.toLocaleString('en-GB')} ${unit === 'ms' ? 'ms' : '/s'}`;
	const rows = measures.map((one) => [
		one.measure,
		one.size.toLocaleString('en-GB'),
		figure(one.measured, one),
		figure(one.floor, one),
		one.ratio.toFixed(2),
		one.aim
	]);
	const widths = columns.map((name, at) =>
		Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0))
	);
	return [columns, ...rows]
		.map((row) =>
			row
				.map((cell, at) =>
					at === 0 || at === 5 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
				)
				.join('  ')
				.trimEnd()
		)
		.join('\n');
}
