/** One measured number beside the least it could be on this machine in this run. */
export interface Measure {
	measure: string;
	/** cases in the register */
	size: number;
	unit: 'ms' | 'per second';
	measured: number;
	/** null: the aim is a time of its own */
	floor: number | null;
	/** measured / floor */
	ratio: number | null;
	/** the floor with what must be done under the officer's key as well; null where nothing is */
	sealedFloor: number | null;
	/** measured / sealedFloor */
	sealedRatio: number | null;
	/** what is wanted of the ratio, or of the time where there is no floor */
	aim: string;
	runs: number;
}

/** What a measure is, and what is wanted of it. */
export type Wanted = Pick<Measure, 'measure' | 'size' | 'unit' | 'aim'>;

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
	what: Wanted,
	measured: readonly number[],
	floors: { floor?: readonly number[]; sealed?: readonly number[] } = {}
): Measure {
	const one = median(measured);
	const under = (values: readonly number[] | undefined): [number | null, number | null] => {
		if (values === undefined) return [null, null];
		const least = median(values);
		return [rounded(least, 1), rounded(one / least, 2)];
	};
	const [floor, ratio] = under(floors.floor);
	const [sealedFloor, sealedRatio] = under(floors.sealed);
	return {
		...what,
		measured: rounded(one, 1),
		floor,
		ratio,
		sealedFloor,
		sealedRatio,
		runs: measured.length
	};
}

const columns = ['measure', 'cases', 'measured', 'floor', 'ratio', 'sealed floor', 'ratio', 'aim'];

/** For people. */
export function table(measures: readonly Measure[]): string {
	const rows = measures.map((one) => {
		const figure = (value: number | null) =>
			value === null ? '' : `${value.toLocaleString('en-GB')} ${one.unit === 'ms' ? 'ms' : '/s'}`;
		return [
			one.measure,
			one.size.toLocaleString('en-GB'),
			figure(one.measured),
			figure(one.floor),
			one.ratio?.toFixed(2) ?? '',
			figure(one.sealedFloor),
			one.sealedRatio?.toFixed(2) ?? '',
			one.aim
		];
	});
	const widths = columns.map((name, at) =>
		Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0))
	);
	const last = columns.length - 1;
	return [columns, ...rows]
		.map((row) =>
			row
				.map((cell, at) =>
					at === 0 || at === last ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
				)
				.join('  ')
				.trimEnd()
		)
		.join('\n');
}
