import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, deviceNumbers } from './device-numbers.ts';

test('what was never received is told apart from what waits and from acts that were not done', () => {
	const said = {
		numbered: 412,
		waiting: [
			[408, 409],
			[411, 412]
		] as [number, number][],
		online: [[100, 101]] as [number, number][]
	};
	const missing: [number, number][] = [
		[7, 7],
		[99, 102]
	];
	expect(deviceNumbers({ last: 407, missing }, said)).toEqual({
		numbered: 412,
		received: 402,
		waiting: said.waiting,
		notDone: [[100, 101]],
		neverReceived: [
			[7, 7],
			[99, 99],
			[102, 102],
			[410, 410]
		]
	});
});

test('a device that has said nothing is judged by what has arrived', () => {
	expect(deviceNumbers({ last: 5, missing: [[2, 3]] }, null)).toEqual({
		numbered: 5,
		received: 3,
		waiting: [],
		notDone: [],
		neverReceived: [[2, 3]]
	});
	expect(deviceNumbers({ last: 0, missing: [] }, null)).toMatchObject({ numbered: 0, received: 0 });
});

test('every number is in exactly one place', () => {
	const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });
	const runs = (list: number[]): [number, number][] => list.map((n) => [n, n]);
	fc.assert(
		fc.property(numbers, numbers, numbers, fc.nat(60), (gone, waiting, online, numbered) => {
			const last = 50;
			const missing = gone.filter((n) => n < last);
			const said = { numbered, waiting: runs(waiting), online: runs(online) };
			const all = deviceNumbers({ last, missing: runs(missing) }, said);
			const { received, waiting: w, notDone: d, neverReceived: n } = all;
			expect(received + countOf(w) + countOf(d) + countOf(n)).toBe(all.numbered);
		})
	);
});
