/*
 * Is this tablet ready for a visit? Eight questions, answered from facts. None is answered with
 * "ready" when a failure of its kind could have been foreseen: what is not known is not ready.
 */

/** A permission of the browser, as far as it can be told. */
export type Leave = 'granted' | 'denied' | 'asks' | 'none' | 'not-known';

/** What is known of the tablet at one moment. */
export interface TabletFacts {
	/** the browser has promised to keep our storage; null: it cannot be asked */
	persisted: boolean | null;
	/** it runs in a window of its own, as an installed app */
	installed: boolean;
	/** for how many photographs room is kept, proven by filling it, and for how many it was asked */
	room: { kept: number; asked: number };
	/** what of the case's documents, photographs and map is here; null: never taken to site */
	pack: { missing: readonly string[] } | null;
	/** the versions of the app here and at the council; null: the council could not be asked */
	version: { here: string; latest: string | null };
	/** milliseconds the council's clock is ahead; null: not compared today */
	clockOffset: number | null;
	camera: Leave;
	position: Leave;
	/** what the register says of the sign-in */
	session: 'held' | 'ended' | 'unreachable' | 'other';
	/** work that is not received yet, and how much of it waits for its author */
	waiting: number;
	needsMe: number;
	/** why work is held up, in a sentence; null: nothing is */
	problem: string | null;
	/** from 0 to 1; null: the browser does not say */
	battery: { level: number; charging: boolean } | null;
}

export interface Check {
	name: string;
	/** `look`: it will probably do, or could not be found out */
	verdict: 'ready' | 'look' | 'not-ready';
	/** one or two sentences for the officer */
	words: string;
}

/** Smaller differences of the clock are no matter to anybody, milliseconds. */
const clockSlack = 5 * 60_000;
/** A tablet that is not charging should have as much for a visit. */
const enoughBattery = 0.3;
const emptyBattery = 0.1;

const ready = (words: string) => ({ verdict: 'ready', words }) as const;
const look = (words: string) => ({ verdict: 'look', words }) as const;
const notReady = (words: string) => ({ verdict: 'not-ready', words }) as const;
type Answer = Omit<Check, 'name'>;

const photographs = (n: number) => (n === 1 ? '1 photograph' : `${n} photographs`);

/** The eight questions in the order of the screen; the battery is a ninth where it is known. */
export function checkTablet(facts: TabletFacts): Check[] {
	const { battery } = facts;
	return [
		{ name: 'Storage is kept', ...storage(facts) },
		{ name: 'Room for photographs', ...room(facts.room) },
		{ name: 'The case, its plans and its map', ...pack(facts.pack) },
		{ name: 'Version of the app', ...version(facts.version) },
		{ name: 'Clock', ...clock(facts.clockOffset) },
		{ name: 'Camera and position', ...senses(facts) },
		{ name: 'Sign-in', ...session(facts.session) },
		{ name: 'Earlier work', ...earlier(facts) },
		...(battery === null ? [] : [{ name: 'Battery', ...power(battery) }])
	];
}

function storage({ persisted, installed }: TabletFacts): Answer {
	if (persisted === true) return ready('The browser has promised not to clear it by itself.');
	const advice = installed
		? 'Keep free space on the tablet until everything has been received.'
		: 'Install BoPS as an app (Add to Home Screen) before going out, or keep free space on the tablet.';
	return persisted === false
		? look(`The browser was asked not to clear it, and has refused. ${advice}`)
		: look(`This browser cannot be asked not to clear it. ${advice}`);
}

function room({ kept, asked }: TabletFacts['room']): Answer {
	if (kept >= asked)
		return ready(`Room for ${photographs(kept)} is kept free, and has been tried out.`);
	const wish = `You asked for ${asked}. Free some space on the tablet, or send what waits, and check again.`;
	return kept === 0
		? notReady(`There is no room for a photograph. ${wish}`)
		: notReady(`There is room for ${photographs(kept)} only. ${wish}`);
}

function pack(taken: TabletFacts['pack']): Answer {
	if (taken === null)
		return notReady('Not taken to site yet. Press “Take to site” while there is a connection.');
	if (taken.missing.length === 0) return ready('Everything the council has is on this tablet.');
	return notReady(
		`Not on this tablet: ${taken.missing.join(', ')}. Press “Take to site again” while there is a connection.`
	);
}

function version({ here, latest }: TabletFacts['version']): Answer {
	if (latest === null)
		return look('The council could not be asked whether there is a newer version.');
	return latest === here
		? ready('It is the newest.')
		: notReady(
				'A newer version is there. Load it before going out: follow “A new version is ready”, or close all windows of BoPS and open it again.'
			);
}

function clock(offset: number | null): Answer {
	if (offset === null) return look('It could not be compared with the council’s clock today.');
	return Math.abs(offset) <= clockSlack
		? ready('Right to within five minutes of the council’s.')
		: notReady(
				`It is wrong by ${Math.round(Math.abs(offset) / 60_000)} minutes. Set the tablet’s clock: the times of photographs are evidence.`
			);
}

const cameraWords: Record<Leave, string> = {
	granted: 'The camera opens.',
	denied: 'The camera is refused: allow it for this app in the tablet’s settings.',
	asks: 'You have not said yet whether the camera may be used.',
	none: 'There is no camera here: pictures can be chosen from files only.',
	'not-known': 'Whether the camera may be used is not known.'
};
const positionWords: Record<Leave, string> = {
	granted: 'The position is known.',
	denied:
		'The position is refused: photographs would say “position not recorded”. Allow it in the tablet’s settings.',
	asks: 'You have not said yet whether the position may be used.',
	none: 'This tablet does not tell its position: photographs would say “position not recorded”.',
	'not-known': 'The position could not be found here; it may be found outdoors.'
};

function senses({ camera, position }: TabletFacts): Answer {
	const words = `${cameraWords[camera]} ${positionWords[position]}`;
	const both = [camera, position];
	if (both.every((one) => one === 'granted')) return ready(words);
	return both.some((one) => one === 'denied' || one === 'none') ? notReady(words) : look(words);
}

function session(is: TabletFacts['session']): Answer {
	switch (is) {
		case 'held':
			return ready(
				'You are signed in. Should it end meanwhile, recording goes on and sending waits.'
			);
		case 'ended':
			return notReady('Your sign-in has ended. Sign in again: until then nothing is sent.');
		case 'other':
			return notReady('Somebody else is signed in here. Sign in again before going out.');
		case 'unreachable':
			return look('The council could not be asked whether you are still signed in.');
	}
}

function earlier({ waiting, needsMe, problem }: TabletFacts): Answer {
	if (needsMe > 0)
		return notReady(
			`${needsMe === 1 ? '1 thing needs' : `${needsMe} things need`} you. See “What this tablet holds”.`
		);
	if (problem !== null) return notReady(problem);
	if (waiting > 0)
		return look(
			`${waiting === 1 ? '1 item has' : `${waiting} items have`} not been received yet. Send ${waiting === 1 ? 'it' : 'them'} before going out if you can.`
		);
	return ready('Everything recorded here before has been received.');
}

function power({ level, charging }: NonNullable<TabletFacts['battery']>): Answer {
	const words = `${Math.round(level * 100)} per cent${charging ? ', charging' : ''}.`;
	if (level >= enoughBattery) return ready(words);
	return level <= emptyBattery && !charging
		? notReady(`${words} Charge the tablet before going out.`)
		: look(`${words} Charge it, or take a power bank.`);
}
