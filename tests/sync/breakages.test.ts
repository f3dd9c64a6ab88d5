import { describe, expect, test } from 'vitest';
import { breakages } from './breakages.ts';
import { dayOf } from './days.ts';
import { report } from '../reliability/report.ts';
import { Simulation, type Breakage } from './simulation.ts';

const within = 20;
const steps = 80;

/** The message of a seed that breaks a rule; null: it breaks none. */
async function broken(seed: number, breakage: Breakage): Promise<string | null> {
	const day = { ...(await dayOf(seed, steps)), store: 'memory' as const, ...breakage.day };
	return new Simulation({ ...day, breakage }).run().then(
		() => null,
		(error: unknown) => (error as Error).message
	);
}

/** A seed that a breakage makes fail, of the first so many; null: none does. */
async function firstCaught(breakage: Breakage): Promise<{ seed: number; words: string } | null> {
	const { showsOn = 1 } = breakage;
	const seeds = Array.from({ length: within }, (_, n) => n + 1);
	for (const seed of [showsOn, ...seeds.filter((one) => one !== showsOn)]) {
		const words = await broken(seed, breakage);
		if (words !== null) return { seed, words };
	}
	return null;
}

const caught = new Map<string, number>();

describe(`within ${within} seeds of ${steps} steps the simulator notices`, () => {
	for (const [name, breakage] of Object.entries(breakages))
		test(`S1 to S18 when ${name}`, { timeout: 300_000 }, async () => {
			const first = await firstCaught(breakage);
			console.info(`${name}: ${first === null ? 'missed' : first.words.split('\n')[0]}`);
			expect(first).not.toBeNull();
			expect(first?.seed).toBeLessThanOrEqual(within);
			// caught by a rule, not by a crash of the breakage itself
			expect(first?.words).toMatch(/: S\d+ /);
			caught.set(name, first?.seed ?? 0);
		});

	// the days on which they were caught are otherwise good days
	test('nothing when nothing is broken, on the same days', { timeout: 600_000 }, async () => {
		const days = new Map<string, { seed: number; day: Breakage['day'] }>();
		for (const [name, seed] of caught) {
			const day = breakages[name]?.day;
			days.set(`${seed} ${JSON.stringify(day)}`, { seed, day });
		}
		expect(days.size).toBeGreaterThan(0);
		for (const { seed, day } of days.values())
			expect(await broken(seed, day === undefined ? {} : { day })).toBeNull();
	});

	test('at least twenty mistakes', () => {
		const all = Object.keys(breakages).length;
		const passed = all >= 20 && caught.size === all;
		report({
			guarantee: null,
			name: 'simulator-breakages',
			seed: 1,
			counts: { breakages: all, caught: caught.size, withinSeeds: Math.max(...caught.values()) },
			passed
		});
		expect(all).toBeGreaterThanOrEqual(20);
		expect(passed).toBe(true);
	});
});
