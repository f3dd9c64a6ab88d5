import { describe, expect, test } from 'vitest';
import { breakages } from './breakages.ts';
import { dayOf } from './days.ts';
import { report } from '../reliability/report.ts';
import { Simulation, type Breakage } from './simulation.ts';

const within = 20;
const steps = 80;

/** The message of the first seed that a breakage makes fail; null: none does. */
async function firstCaught(
	breakage: Breakage,
	upTo = within
): Promise<{ seed: number; words: string } | null> {
	for (let seed = 1; seed <= upTo; seed++) {
		const day = { ...(await dayOf(seed, steps)), store: 'memory' as const, ...breakage.day };
		const words = await new Simulation({ ...day, breakage }).run().then(
			() => null,
			(error: unknown) => (error as Error).message
		);
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
			// caught by a rule, not by a crash of the breakage itself
			expect(first?.words).toMatch(/: S\d+ /);
			caught.set(name, first?.seed ?? 0);
		});

	// the days on which they were caught are otherwise good days
	test('nothing when nothing is broken, over the same seeds', { timeout: 600_000 }, async () => {
		const needed = new Map<Breakage['day'], number>();
		for (const [name, { day }] of Object.entries(breakages))
			needed.set(day, Math.max(needed.get(day) ?? 1, caught.get(name) ?? 1));
		for (const [day, upTo] of needed)
			expect(await firstCaught(day === undefined ? {} : { day }, upTo)).toBeNull();
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
