import { describe, expect, test } from 'vitest';
import { breakages } from './breakages.ts';
import { Simulation } from './simulation.ts';

const within = 20;
const steps = 80;

describe('the simulator notices', () => {
	for (const [name, breakage] of Object.entries(breakages))
		test(`S1 to S17 when ${name}`, async () => {
			const restores = breakage.restores === undefined ? {} : { restores: breakage.restores };
			let caught: { seed: number; words: string } | null = null;
			for (let seed = 1; seed <= within && caught === null; seed++)
				caught = await new Simulation({ seed, steps, breakage, ...restores }).run().then(
					() => null,
					(error: unknown) => ({ seed, words: (error as Error).message })
				);
			console.info(
				`${name}: ${caught === null ? 'missed' : `seed ${caught.seed}, ${caught.words.split('\n')[0]}`}`
			);
			expect(caught).not.toBeNull();
		}, 300_000);
});
