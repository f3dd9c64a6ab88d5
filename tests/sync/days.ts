import { plainCodec, type Codec } from '#lib/local/codec.ts';
import { aesCodec } from './aes-codec.ts';
import type { Options } from './simulation.ts';

/** Steps of a seed's day unless told otherwise. */
export const usualSteps = 150;

/** one seed in so many runs through Dexie, the others over the store in memory */
const dexieEvery = 17;

let sealing: Promise<Codec> | null = null;

/**
 * What kind of day a seed is: every third has a register that is restored, every third one whose
 * browsers evict, every seventh has every body encrypted. The same seed is the same day everywhere.
 */
export async function dayOf(seed: number, steps = usualSteps): Promise<Options> {
	const codec = seed % 7 === 0 ? await (sealing ??= aesCodec()) : plainCodec;
	return {
		seed,
		steps,
		codec,
		store: seed % dexieEvery === 0 ? 'dexie' : 'memory',
		...(seed % 3 === 0 ? { restores: 0.015 } : {}),
		...(seed % 3 === 1 ? { restores: 0 } : {}),
		...(seed % 3 === 2 ? { evicts: true } : {})
	};
}
