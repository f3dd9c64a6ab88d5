import { wireVersion } from '#lib/commands/envelope.ts';

/** Turns an envelope of the version it stands at in the list into one of the next version. */
export type Upcast = (older: Record<string, unknown>) => Record<string, unknown>;

/** From version n to n + 1, at index n - 1. */
export const upcasts: readonly Upcast[] = [
	// 2: edits reach facts and findings, and an act may carry what was decided of validity; both add
	// to what version 1 could send, which is read as it came
	(older) => older
];

/** Brings an envelope of the last twelve months to today's version; a newer one is left as it came. */
export function upcastEnvelope(
	raw: Record<string, unknown>,
	chain: readonly Upcast[] = upcasts,
	current: number = wireVersion
): Record<string, unknown> {
	let envelope = raw;
	for (let v = Number(raw['v']); v >= 1 && v < current; v += 1) {
		const step = chain[v - 1];
		if (step === undefined) return envelope;
		envelope = { ...step(envelope), v: v + 1 };
	}
	return envelope;
}
