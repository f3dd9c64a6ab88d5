import { describe, expect, test } from 'vitest';
import { checkTablet, type Check, type TabletFacts } from './readiness.ts';

const good: TabletFacts = {
	persisted: true,
	installed: true,
	room: { kept: 20, asked: 20 },
	pack: { missing: [] },
	version: { here: 'a', latest: 'a' },
	clockOffset: 60_000,
	camera: 'granted',
	position: 'granted',
	session: 'held',
	waiting: 0,
	needsMe: 0,
	problem: null,
	battery: { level: 0.9, charging: false }
};

const verdicts = (facts: Partial<TabletFacts>) =>
	checkTablet({ ...good, ...facts }).filter(({ verdict }) => verdict !== 'ready');

test('a tablet with nothing amiss is ready in all eight, and in its battery', () => {
	expect(checkTablet(good)).toHaveLength(9);
	expect(verdicts({})).toEqual([]);
	expect(checkTablet({ ...good, battery: null })).toHaveLength(8);
});

describe('what can be foreseen is never ready', () => {
	const foreseen: [string, Partial<TabletFacts>, Check['verdict'], RegExp][] = [
		['Storage is kept', { persisted: false }, 'look', /refused.*free space/],
		['Storage is kept', { persisted: false, installed: false }, 'look', /Add to Home Screen/],
		['Storage is kept', { persisted: null }, 'look', /cannot be asked/],
		['Room for photographs', { room: { kept: 19, asked: 20 } }, 'not-ready', /19 photographs only/],
		['Room for photographs', { room: { kept: 0, asked: 10 } }, 'not-ready', /no room/],
		['The case, its plans and its map', { pack: null }, 'not-ready', /Not taken/],
		[
			'The case, its plans and its map',
			{ pack: { missing: ['Block plan'] } },
			'not-ready',
			/Block plan/
		],
		['Version of the app', { version: { here: 'a', latest: 'b' } }, 'not-ready', /newer version/],
		['Version of the app', { version: { here: 'a', latest: null } }, 'look', /could not be asked/],
		['Clock', { clockOffset: -400_000 }, 'not-ready', /7 minutes/],
		['Clock', { clockOffset: null }, 'look', /could not be compared/],
		['Camera and position', { camera: 'denied' }, 'not-ready', /camera is refused/],
		['Camera and position', { camera: 'none' }, 'not-ready', /no camera/],
		['Camera and position', { position: 'denied' }, 'not-ready', /position is refused/],
		['Camera and position', { position: 'not-known' }, 'look', /outdoors/],
		['Camera and position', { camera: 'asks' }, 'look', /not said yet/],
		['Sign-in', { session: 'ended' }, 'not-ready', /Sign in again/],
		['Sign-in', { session: 'other' }, 'not-ready', /Somebody else/],
		['Sign-in', { session: 'unreachable' }, 'look', /could not be asked/],
		['Earlier work', { needsMe: 1 }, 'not-ready', /1 thing needs you/],
		['Earlier work', { problem: 'One photograph is held up.' }, 'not-ready', /held up/],
		['Earlier work', { waiting: 3 }, 'look', /3 items have not/],
		['Battery', { battery: { level: 0.05, charging: false } }, 'not-ready', /5 per cent.*Charge/],
		['Battery', { battery: { level: 0.05, charging: true } }, 'look', /charging/],
		['Battery', { battery: { level: 0.2, charging: false } }, 'look', /power bank/]
	];

	test.each(foreseen)('%s: %o', (name, facts, verdict, words) => {
		expect(verdicts(facts)).toEqual([
			{ name, verdict, words: expect.stringMatching(words) as string }
		]);
	});
});
