import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStreams, streamsPerOfficer } from './event-streams.ts';

let streams: EventStreams;
beforeEach(() => {
	vi.useFakeTimers();
	streams = new EventStreams();
});
afterEach(() => {
	streams.closeAll();
	vi.useRealTimers();
});

/** Opens a stream and collects what comes out of it. */
function listen(officerId = 'jo', stillSignedIn = () => true, council = 'SWK') {
	const reader = streams.open({ council, officerId, stillSignedIn }, 1).getReader();
	const heard = { text: '', ended: false, reader };
	void (async () => {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			heard.text += new TextDecoder().decode(value);
		}
		heard.ended = true;
	})();
	return heard;
}
const nudges = (text: string) => [...text.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('a stream of nudges', () => {
	test('begins with the present number and tells of later ones', async () => {
		const heard = listen();
		await pass(1_000);
		streams.tell('SWK', 7, null);
		await pass(1_000);
		expect(nudges(heard.text)).toEqual([1, 7]);
	});

	test('speaks at most four times a second, and never keeps the last number to itself', async () => {
		const heard = listen();
		for (let seq = 2; seq <= 101; seq += 1) {
			streams.tell('SWK', seq, null);
			await pass(20);
		}
		await pass(1_000);
		// 100 commits in two seconds
		expect(nudges(heard.text).length).toBeLessThanOrEqual(1 + 9);
		expect(nudges(heard.text).at(-1)).toBe(101);
	});

	test('hears only of its own council and of what concerns its officer', async () => {
		const [jo, sam, elsewhere] = [listen('jo'), listen('sam'), listen('jo', () => true, 'CMD')];
		streams.tell('SWK', 7, new Set(['jo']));
		await pass(1_000);
		expect([jo, sam, elsewhere].map(({ text }) => nudges(text))).toEqual([[1, 7], [1], [1]]);
		expect(jo.text).not.toMatch(/jo/);
	});

	test('gives a sign of life every twenty seconds', async () => {
		const heard = listen();
		await pass(61_000);
		expect(heard.text.match(/: still here/g)).toHaveLength(3);
	});

	test('ends within a minute of the session, and says so', async () => {
		let signedIn = true;
		const heard = listen('jo', () => signedIn);
		await pass(30_000);
		signedIn = false;
		await pass(20_000);
		expect(heard.ended).toBe(true);
		expect(heard.text).toContain('event: signed-out');
		expect(streams.count('SWK')).toBe(0);
	});

	test('makes room for the newest page of an officer who has too many', async () => {
		const all = Array.from({ length: streamsPerOfficer + 1 }, () => listen());
		const other = listen('sam');
		await pass(1_000);
		expect(all.map(({ ended }) => ended)).toEqual([true, ...all.slice(1).map(() => false)]);
		expect(other.ended).toBe(false);
		expect(streams.count('SWK')).toBe(streamsPerOfficer + 1);
	});

	test('is forgotten when the page goes away, and let go when nobody reads it', async () => {
		const heard = listen();
		await heard.reader.cancel();
		expect(streams.count('SWK')).toBe(0);
		streams.open({ council: 'SWK', officerId: 'jo', stillSignedIn: () => true }, 1);
		await pass(60 * 60_000);
		expect(streams.count('SWK')).toBe(0);
	});

	test('ends when the server stops', async () => {
		const heard = listen();
		streams.closeAll();
		await pass(1);
		expect(heard.ended).toBe(true);
	});
});
