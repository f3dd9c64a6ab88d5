import { describe, expect, test } from 'vitest';
import { plainCodec } from '#lib/local/codec.ts';
import { aesCodec } from './aes-codec.ts';
import { Simulation, type Options } from './simulation.ts';

/*
 * SEED=17 STEPS=120 npx vitest run tests/sync/simulator.test.ts   one run again, as a failure names it
 * SEEDS=1000 npx vitest run tests/sync/simulator.test.ts          many
 */
const asked = process.env['SEED'] !== undefined || process.env['SEEDS'] !== undefined;
const first = Number(process.env['SEED'] ?? 1);
const steps = Number(process.env['STEPS'] ?? 120);
const howMany = (usual: number) => (asked ? Number(process.env['SEEDS'] ?? 1) : usual);

async function simulate(
	seeds: number,
	codec: () => Promise<typeof plainCodec>,
	more: Partial<Options> = {}
): Promise<number> {
	let facts = 0;
	const counted: Record<string, number> = {};
	const began = performance.now();
	for (let seed = first; seed < first + seeds; seed++) {
		const ran = await new Simulation({ seed, steps, codec: await codec(), ...more }).run();
		facts += ran.facts;
		for (const part of [ran.struck, ran.outcomes])
			for (const [name, n] of Object.entries(part)) counted[name] = (counted[name] ?? 0) + n;
	}
	const speed = Math.round((seeds * steps * 1000) / (performance.now() - began));
	console.info(`seeds ${first} to ${first + seeds - 1}: ${facts} facts, ${speed} steps/s`, counted);
	return facts;
}

const timeout = (seeds: number) => 60_000 + seeds * steps * 100;

describe('S1 to S17 hold on bad days', () => {
	const plain = howMany(16);
	test(
		`over ${plain} seeds of ${steps} steps from seed ${first}`,
		async () => {
			expect(await simulate(plain, () => Promise.resolve(plainCodec))).toBeGreaterThan(plain);
		},
		timeout(plain)
	);

	const sealed = howMany(4);
	test(
		`over ${sealed} seeds of ${steps} steps from seed ${first}, with every body encrypted`,
		async () => {
			expect(await simulate(sealed, aesCodec)).toBeGreaterThan(sealed);
		},
		timeout(sealed)
	);

	const restored = howMany(6);
	test(
		`guarantee-10 S18 over ${restored} seeds of ${steps} steps from seed ${first}, with a register that is restored`,
		async () => {
			const plain = () => Promise.resolve(plainCodec);
			expect(await simulate(restored, plain, { restores: 0.02 })).toBeGreaterThan(restored);
		},
		timeout(restored)
	);
});
