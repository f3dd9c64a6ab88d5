import { describe, expect, test } from 'vitest';
import { faultKinds, neverStruck } from './fault-kinds.ts';
import { report } from '../reliability/report.ts';
import { runSeeds } from './seeds.ts';
import { Simulation } from './simulation.ts';

/*
 * SEED=17 npx vitest run tests/sync/simulator.test.ts      one run again, as a failure names it
 * npm run soak:sync -- --seeds 1000-2000                   many, and for long
 */
const again = process.env['SEED'];
const steps = process.env['STEPS'] === undefined ? {} : { steps: Number(process.env['STEPS']) };
const from = Number(again ?? 1);
const to = Number(again ?? 244);

describe('S1 to S18 hold on bad days', () => {
	test(`for every fact of seeds ${from} to ${to}`, { timeout: 1_200_000 }, async () => {
		const ran = await runSeeds({ from, to, ...steps });
		const { facts, throughDexie, photos, seeds, struck, outcomes, failures } = ran;
		const never = again === undefined ? neverStruck(struck) : [];
		const passed = failures.length === 0 && never.length === 0;
		report({
			guarantee: null,
			name: 'simulator',
			seed: from,
			counts: {
				facts,
				throughDexie,
				photos,
				seeds,
				steps: ran.steps,
				faultKinds: Object.keys(struck).length,
				faults: Object.values(struck).reduce((sum, times) => sum + times, 0),
				restores: struck['register restored'] ?? 0,
				lost: failures.length
			},
			passed
		});
		console.info(`${facts} facts in ${Math.round(ran.seconds)} s`, struck, outcomes);
		expect(failures.map(({ words }) => words)).toEqual([]);
		expect(never).toEqual([]);
		expect(Object.keys(faultKinds).length).toBeGreaterThanOrEqual(25);
		if (again !== undefined) return;
		expect(facts).toBeGreaterThanOrEqual(100_000);
		expect(throughDexie).toBeGreaterThanOrEqual(5_000);
	});

	const restored = 4;
	test(`guarantee-10 S18 over ${restored} seeds with a register that is restored`, async () => {
		let [facts, restores] = [0, 0];
		for (let seed = 1; seed <= restored; seed++) {
			const ran = await new Simulation({ seed, steps: 120, restores: 0.03 }).run();
			facts += ran.facts;
			restores += ran.struck['register restored'] ?? 0;
		}
		report({
			guarantee: 10,
			name: 'simulated-restores',
			seed: 1,
			counts: { facts, restores, lost: 0 },
			passed: restores > 0
		});
		expect(restores).toBeGreaterThan(0);
	});
});
