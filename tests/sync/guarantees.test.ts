import { describe, expect, test } from 'vitest';
import { reported } from '../reliability/report.ts';
import type { Struck } from './fault-kinds.ts';
import { Simulation, type Options, type Ran } from './simulation.ts';

/* What docs/guarantees.md promises, by days of which nothing but one kind of trouble is made. */

const captures = ['write-note', 'take-photo', 'take-measurement', 'add-document'];

async function days(seeds: number, day: Omit<Options, 'seed' | 'steps'>): Promise<Ran[]> {
	const ran: Ran[] = [];
	for (let seed = 1; seed <= seeds; seed++)
		ran.push(await new Simulation({ seed, steps: 50, history: true, ...day }).run());
	return ran;
}

/** How many commands of these names the register answered so; all names, unless some are given. */
const answers = (ran: readonly Ran[], outcome: string, names?: readonly string[]): number =>
	ran
		.flatMap(({ history }) => history)
		.map((line) => line.split(' '))
		.filter(([, name = '', , is]) => is === outcome && (names?.includes(name) ?? true)).length;

const factsOf = (ran: readonly Ran[]) => ran.reduce((sum, { facts }) => sum + facts, 0);
const struckIn = (ran: readonly Ran[], kind: keyof Struck) =>
	ran.reduce((sum, { struck }) => sum + (struck[kind] ?? 0), 0);

const minute = 60_000;
const hour = 60 * minute;
const year = 365 * 24 * hour;

/** Clocks of the tablets: milliseconds ahead, by tablet and step. */
const wrongClocks: Record<string, (tablet: number, step: number) => number> = {
	'ten minutes ahead and behind': (tablet) => (tablet % 2 === 0 ? 10 : -10) * minute,
	'a year ahead and behind': (tablet) => (tablet % 2 === 0 ? year : -year),
	'jumping back by hours in mid-visit': (tablet, step) => (step < 25 ? 0 : -(tablet + 3) * hour),
	'each step another': (tablet, step) => ((((tablet + 1) * 7 + step * 13) % 49) - 24) * hour
};

describe('by simulation:', () => {
	for (const [name, clocks] of Object.entries(wrongClocks))
		test(`guarantee-04 with clocks ${name}, the register does the same, in the same order`, async () => {
			await reported(
				{ guarantee: 4, name: `clocks-${name.replaceAll(' ', '-')}`, seed: 1 },
				async (counts) => {
					const weather = { 'answer lost': 0.1, 'no network': 0.1, 'upload cut': 0.1 };
					// the night in which British summer time begins lies in these days
					const day = { begins: '2026-03-28T23:40:00.000Z', weather };
					const only = ['assign', 'desk', 'restart', 'session'] as const;
					const right = await days(1, { ...day, only, clocks: () => 0 });
					const wrong = await days(1, { ...day, only, clocks });
					counts['facts'] = factsOf(wrong);
					expect(counts['facts']).toBeGreaterThan(50);
					for (const [n, ran] of wrong.entries()) expect(ran.history).toEqual(right[n]?.history);
				}
			);
		});

	test('guarantee-05 different fields go together, one field keeps both values, captures never conflict', async () => {
		await reported({ guarantee: 5, name: 'two-devices-one-record', seed: 1 }, async (counts) => {
			const ran = await days(4, { weather: {}, only: ['desk', 'assign'], cases: 2 });
			counts['facts'] = factsOf(ran);
			counts['edits-applied'] = answers(ran, 'applied', ['edit-record']);
			counts['conflicts'] = answers(ran, 'conflict');
			expect(counts['edits-applied']).toBeGreaterThan(20);
			expect(counts['conflicts']).toBeGreaterThan(20);
			expect(answers(ran, 'conflict', captures)).toBe(0);
			expect(answers(ran, 'applied', captures)).toBeGreaterThan(50);
		});
	});

	test('guarantee-09 with every push arriving twice, late or unanswered, all is done once', async () => {
		await reported({ guarantee: 9, name: 'pushes-repeated', seed: 1 }, async (counts) => {
			const weather = { 'sent twice': 1, 'answer lost': 0.4, 'arrives late': 0.2 };
			const ran = await days(10, { weather, only: ['late', 'restart'] });
			counts['facts'] = factsOf(ran);
			counts['sent-twice'] = struckIn(ran, 'sent twice');
			counts['late'] = struckIn(ran, 'arrives late');
			expect(counts['sent-twice']).toBeGreaterThan(10);
			expect(counts['late']).toBeGreaterThan(5);
		});
	});

	test('guarantee-13 what was done on a case given away, or by somebody who lost their role, is kept', async () => {
		await reported({ guarantee: 13, name: 'reassigned-and-revoked', seed: 1 }, async (counts) => {
			const only = ['assign', 'assign', 'revoke', 'decide', 'session'] as const;
			const ran = await days(4, { weather: {}, only });
			counts['facts'] = factsOf(ran);
			counts['quarantined'] = answers(ran, 'quarantined');
			expect(counts['quarantined']).toBeGreaterThan(5);
			expect(answers(ran, 'refused', [...captures, 'edit-record'])).toBe(0);
		});
	});
});
