import { expect, test } from 'vitest';
import type { DeviceNumbers } from '#lib/domain/device-numbers.ts';
import { numbersWords, restoredWords } from './device-words.ts';

const all: DeviceNumbers = {
	numbered: 412,
	received: 412,
	waiting: [],
	notDone: [],
	neverReceived: []
};

test.each<[Partial<DeviceNumbers>, string[]]>([
	[{ numbered: 0, received: 0 }, ['It has numbered nothing yet.']],
	[{}, ['This tablet numbered 412 items; nothing of it is missing.']],
	[{ numbered: 1, received: 1 }, ['This tablet numbered 1 item; nothing of it is missing.']],
	[{ waiting: [[411, 412]] }, ['This tablet numbered 412 items; 2 wait on it.']],
	[
		{
			neverReceived: [
				[7, 7],
				[9, 10]
			]
		},
		['This tablet numbered 412 items; 3 were never received: 7, 9 to 10.']
	],
	[
		{ neverReceived: [[7, 7]], waiting: [[412, 412]], notDone: [[100, 101]] },
		[
			'This tablet numbered 412 items; 1 was never received: 7.',
			'1 more waits on it.',
			'2 acts were asked of the register directly and not done: no work is lost by that.'
		]
	]
])('%j', (given, words) => {
	expect(numbersWords({ ...all, ...given })).toEqual(words);
});

test.each([
	[37, 5, 2, '37 items from 5 tablets recovered; 2 tablets not yet seen.'],
	[1, 1, 1, '1 item from 1 tablet recovered; 1 tablet not yet seen.'],
	[0, 0, 0, '0 items from 0 tablets recovered; every tablet has been seen since.']
])('%i from %i, %i to come', (recovered, fromDevices, notSeen, words) => {
	const takenAt = '2026-03-03T02:00:00.000Z';
	const given = { takenAt, restoredAt: takenAt, recovered, fromDevices, notSeen };
	expect(restoredWords(given)).toBe(`Restored to 3 March 2026 at 02:00; ${words}`);
});
