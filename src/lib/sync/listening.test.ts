import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listening } from './listening.ts';
import type { Heard } from './nudges.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A carrier that answers every wake by opening the stream again, as it does while the register answers. */
function carrier() {
	const streams: Heard[] = [];
	let wakes = 0;
	const listening = new Listening(
		(heard) => {
			streams.push(heard);
			return { close: () => undefined };
		},
		{
			wake() {
				wakes++;
				listening.open();
			},
			signedOut: () => undefined,
			chance: () => 1
		}
	);
	return { listening, streams, wakes: () => wakes };
}

test('a stream that breaks wakes the carrier at once, and only once', () => {
	const { listening, streams, wakes } = carrier();
	listening.open();
	streams[0]?.lost();
	streams[0]?.lost();
	expect(wakes()).toBe(1);
	expect(streams).toHaveLength(1);
});

test('a stream that breaks as soon as it opens is opened ever more seldom', () => {
	const { listening, streams, wakes } = carrier();
	listening.open();
	for (let second = 0; second < 3600; second++) {
		streams.at(-1)?.lost();
		vi.advanceTimersByTime(1000);
	}
	expect(streams.length).toBeGreaterThan(5);
	expect(streams.length).toBeLessThan(25);
	expect(wakes()).toBeLessThan(50);
});

test('after a stream has lasted, the next is opened soon again', () => {
	const { listening, streams } = carrier();
	listening.open();
	for (let count = 1; count <= 6; count++) {
		streams.at(-1)?.lost();
		vi.advanceTimersByTime(5 * 60_000);
	}
	const before = streams.length;
	streams.at(-1)?.lost();
	vi.advanceTimersByTime(2_000);
	expect(streams).toHaveLength(before + 1);
});

test('a register that was away and is back is listened to at once', () => {
	const { listening, streams } = carrier();
	listening.open();
	streams[0]?.lost();
	listening.close();
	expect(listening.open()).toBe(true);
	expect(streams).toHaveLength(2);
});
