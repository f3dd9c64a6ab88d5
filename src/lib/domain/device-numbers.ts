/** A run of numbers, first and last. */
type Run = [number, number];

/** What became of the numbers that one device gave to its commands. */
export interface DeviceNumbers {
	/** how many it gave */
	numbered: number;
	/** of these the register has */
	received: number;
	/** wait on the device, as it last said */
	waiting: Run[];
	/** were taken for acts asked of the register at once, which it did not get: nothing was kept, nothing is lost */
	notDone: Run[];
	/** were given, and the register never received what they were given to */
	neverReceived: Run[];
}

/**
 * What is missing of a device's count, told apart as far as the device has said.
 *
 * @param arrived.last the highest number that has arrived, `missing` the gaps below it
 * @param said what the device last said of itself; null when it has said nothing
 */
export function deviceNumbers(
	arrived: { last: number; missing: readonly Run[] },
	said: { numbered: number; waiting: readonly Run[]; online: readonly Run[] } | null
): DeviceNumbers {
	const numbered = Math.max(arrived.last, said?.numbered ?? 0);
	const missing: Run[] = [...arrived.missing];
	if (numbered > arrived.last) missing.push([arrived.last + 1, numbered]);
	const waiting = common(missing, said?.waiting ?? []);
	const notDone = common(without(missing, waiting), said?.online ?? []);
	return {
		numbered,
		received: numbered - countOf(missing),
		waiting,
		notDone,
		neverReceived: without(without(missing, waiting), notDone)
	};
}

export const countOf = (runs: readonly Run[]): number =>
	runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);

const common = (runs: readonly Run[], others: readonly Run[]): Run[] =>
	runs.flatMap(([from, to]) =>
		others
			.map(([a, b]): Run => [Math.max(from, a), Math.min(to, b)])
			.filter(([first, last]) => first <= last)
	);

/** The runs less the others. */
const without = (runs: readonly Run[], others: readonly Run[]): Run[] =>
	others.reduce<Run[]>(
		(left, [a, b]) =>
			left.flatMap(([from, to]): Run[] =>
				b < from || a > to
					? [[from, to]]
					: (
							[
								[from, a - 1],
								[b + 1, to]
							] as Run[]
						).filter(([first, last]) => first <= last)
			),
		[...runs]
	);
