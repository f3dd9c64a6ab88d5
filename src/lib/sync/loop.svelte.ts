import { askToPersist, journal, keepLetter, type Device } from '#lib/local/device.ts';
import { writeDown } from '#lib/local/eviction.ts';
import { onLocalChange } from '#lib/local/live.svelte.ts';
import { waitingOn, type Waiting } from '#lib/local/waiting.ts';
import { pauseAfter } from './backoff.ts';
import { BytesLane } from './bytes-lane.ts';
import { Listening } from './listening.ts';
import { Pause } from './pause.ts';
import { allowRemoval } from './pull.ts';
import { Round } from './round.ts';
import { atRest, statusWords, type CarryingState } from './status-words.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';
import type { Tabs } from './tabs.ts';
import { takeTurns } from './turns.ts';
import { whyNotCarried } from './why-not-carried.ts';

/** While all is well, the register is asked again this often even when no nudge comes, milliseconds. */
const idlePause = 30_000;
/** A hidden page asks less often. */
const hiddenPause = 5 * 60_000;
/** A tab waits this long for the carrying tab to say that it is done, milliseconds. */
const longestWait = 30_000;

const ourFault =
	'Work could not be sent, because of a fault in this app. Everything saved is kept on this tablet, and it is tried again.';

/** What every screen shows of carrying. */
export interface CarrierStatus extends CarryingState {
	/** another tab of this browser has the turn, so this one only shows what that one does */
	elsewhere: boolean;
	waiting: number;
	oldestWaiting: number | null;
	needsMe: number;
	photos: { received: number; of: number };
	words: string;
}

const nothing: Waiting = {
	count: 0,
	oldest: null,
	needsMe: 0,
	unanswered: 0,
	bytesReady: 0,
	photos: { received: 0, of: 0 },
	numbers: [],
	pictures: []
};

/**
 * Decides when to carry, and tells the officer where it stands. One tab of an officer's
 * browser carries at a time (S10): the others show what it tells them and may write.
 */
export class Carrier {
	readonly #device: Device;
	readonly #around: Surroundings;
	readonly #round: Round;
	#state = $state.raw<CarryingState>(atRest);
	#waiting = $state.raw<Waiting>(nothing);
	#counted = $state(false);
	#now = $state.raw(0);
	#tabs: Tabs | null = null;

	#stopped: AbortController | null = null;
	#carries = $state(false);
	/** another tab has said that it carries */
	#elsewhere = $state(false);
	#failures = 0;
	readonly #pause = new Pause();
	readonly #listening: Listening;
	readonly #bytes: BytesLane;
	#done: (() => void)[] = [];

	constructor(device: Device, around: Surroundings = surroundingsOf(device)) {
		this.#device = device;
		this.#around = around;
		this.#round = new Round(device, around.transport);
		this.#now = device.clock().getTime();
		this.#bytes = new BytesLane(this.#round, {
			clock: device.clock,
			chance: around.chance,
			progress: (uploading) => this.#tell({ uploading, carrying: uploading !== null }),
			// whether the register is there at all, the next words will tell
			failed: () => this.#pause.cut(),
			done: () => this.#tell({ problem: this.#troubles() })
		});
		this.#listening = new Listening(around.nudges, {
			wake: () => this.#pause.cut(),
			signedOut: () => this.#tell({ signedOut: true, online: false }),
			chance: around.chance
		});
	}

	get status(): CarrierStatus {
		const { count, oldest, needsMe, photos } = this.#waiting;
		return {
			...this.#state,
			elsewhere: this.#elsewhere && !this.#carries,
			waiting: count,
			oldestWaiting: oldest,
			needsMe,
			photos,
			// nothing is said of what waits before it has been counted
			words: this.#counted
				? statusWords(this.#waiting, this.#state, this.#now)
				: 'Looking at what this tablet holds.'
		};
	}

	/** Begins to carry when this tab's turn comes. */
	start(): void {
		if (this.#stopped !== null) return;
		const stopped = new AbortController();
		this.#stopped = stopped;
		const tabs = this.#around.tabs();
		this.#tabs = tabs;
		tabs.listen((told) => {
			if (told.is === 'now' && this.#carries) void this.now();
			else if (told.is === 'asked' && this.#carries) tabs.tell({ is: 'state', state: this.#state });
			else if (told.is === 'state' && !this.#carries) {
				this.#elsewhere = true;
				this.#show(told.state);
			} else if (told.is === 'done') this.#resolveDone();
		});
		const off = onLocalChange(() => this.#changed());
		stopped.signal.addEventListener('abort', off);
		this.#listenToPage(stopped.signal);
		const tick = setInterval(() => (this.#now = this.#device.clock().getTime()), 10_000);
		stopped.signal.addEventListener('abort', () => clearInterval(tick));
		void this.#count();
		void askToPersist(this.#device).catch(() => undefined);
		const { locks, page } = this.#around;
		const name = `bops-carry-${this.#device.officer.id}`;
		void takeTurns({ locks, page, name, signal: stopped.signal }, (ends) => this.#hold(ends));
		tabs.tell({ is: 'asked' });
	}

	/** Stops carrying; everything stays where it is. */
	stop(): void {
		this.#stopped?.abort();
		this.#stopped = null;
		this.#tabs?.close();
		this.#tabs = null;
		this.#pause.cut();
		this.#resolveDone();
	}

	/** Tries everything at once, whatever pause was on; resolves when that attempt is over. */
	now(): Promise<void> {
		if (this.#stopped === null) return Promise.resolve();
		const done = new Promise<void>((resolve) => {
			this.#done.push(resolve);
			setTimeout(resolve, longestWait);
		});
		if (this.#carries) {
			this.#tryAtOnce();
			this.#round.tryAll();
		} else this.#tabs?.tell({ is: 'now' });
		return done;
	}

	/** A person has looked at the cases that would go, and lets them. */
	async allowRemoval(): Promise<void> {
		await allowRemoval(this.#device);
		await this.now();
	}

	/** Carries until the turn ends. */
	async #hold(ends: AbortSignal): Promise<void> {
		this.#carries = true;
		this.#elsewhere = false;
		ends.addEventListener('abort', () => this.#pause.cut());
		try {
			while (!ends.aborted) {
				this.#pause.begin();
				const pause = await this.#attempt(ends);
				if (!this.#state.online) this.#listening.close();
				// what was news between the pull and this moment nudged nobody
				else if (this.#listening.open()) this.#pause.cut();
				if (!ends.aborted) await this.#pause.last(pause);
			}
			await this.#bytes.idle();
		} finally {
			this.#listening.close();
			this.#carries = false;
		}
	}

	/** One attempt at everything while the turn lasts. Returns the milliseconds to wait before the next. */
	async #attempt(ends: AbortSignal): Promise<number> {
		this.#tell({ carrying: true, nextTry: null });
		const asking = this.#done;
		this.#done = [];
		let pause: number;
		try {
			const pulled = await this.#round.words(() => this.#progress());
			const brake = pulled === 'asks' ? ((await this.#device.remembered('brake')) ?? null) : null;
			if (this.#device.letter === null) await this.#learnLetter();
			this.#failures = 0;
			this.#tell({
				online: true,
				signedOut: false,
				problem: this.#troubles(),
				download: null,
				brake,
				lastContact: this.#device.clock().getTime()
			});
			if (!ends.aborted) this.#bytes.start(ends);
			pause = this.#around.hidden() ? hiddenPause : idlePause;
		} catch (error) {
			pause = this.#failed(error);
		}
		await this.#count();
		const waits = this.#waiting.count > 0 || this.#failures > 0;
		this.#tell({
			carrying: this.#bytes.busy,
			nextTry: waits ? this.#device.clock().getTime() + pause : null
		});
		this.#tabs?.tell({ is: 'done' });
		for (const resolve of asking) resolve();
		return pause;
	}

	/** Notes why an attempt failed. Returns the milliseconds to wait. */
	#failed(error: unknown): number {
		this.#failures++;
		const pause = pauseAfter(this.#failures, this.#around.chance(), !this.#around.hidden());
		const why = whyNotCarried(error);
		if (why === null) void journal(this.#device, 'fault', String(error));
		this.#tell(why ?? { online: false, problem: ourFault });
		return pause;
	}

	/** What single cases or photographs could not be sent, in a sentence. */
	#troubles(): string | null {
		const cases = this.#round.pusher.aside.length;
		const [held] = this.#round.uploader.heldUp;
		if (cases > 0)
			return `Work on ${cases === 1 ? 'one case' : `${cases} cases`} could not be taken by the register. It is kept here and tried again; other cases go on.`;
		return held === undefined ? null : `${held.reason} It is kept here and tried again.`;
	}

	async #learnLetter(): Promise<void> {
		const letter = await this.#around.letter();
		if (letter !== null) await keepLetter(this.#device, letter);
	}

	async #progress(): Promise<void> {
		const [cursor, of, done] = await Promise.all([
			this.#device.remembered('cursor'),
			this.#device.remembered('scopeSize'),
			this.#device.run(() => this.#device.db.held.count())
		]);
		const running = cursor !== undefined && cursor.bootstrap !== null;
		this.#tell({ download: running ? { done, of: of ?? done } : null });
	}

	/** Something was made on this device, or arrived: count again, and send what is new. */
	async #changed(): Promise<void> {
		await this.#count();
		if (!this.#carries || this.#failures > 0) return;
		const { unanswered, bytesReady } = this.#waiting;
		const words = unanswered > 0 && this.#round.pusher.aside.length === 0;
		const bytes = bytesReady > this.#round.uploader.heldUp.length && !this.#bytes.busy;
		if (words || bytes) this.#pause.cut();
	}

	async #count(): Promise<void> {
		if (this.#device.closed) return;
		const waiting = await waitingOn(this.#device).catch(() => null);
		if (waiting === null) return;
		this.#waiting = waiting;
		this.#counted = true;
		await writeDown(this.#device, waiting).catch(() => undefined);
	}

	#tryAtOnce(): void {
		this.#failures = 0;
		this.#bytes.tryAtOnce();
		this.#pause.cut();
	}

	#listenToPage(signal: AbortSignal): void {
		const { page, hidden } = this.#around;
		const again = () => {
			if (!hidden() && this.#carries) this.#tryAtOnce();
		};
		for (const event of ['online', 'focus', 'visibilitychange', 'pageshow'])
			page?.addEventListener(event, again, { signal });
		page?.addEventListener(
			'offline',
			() => {
				if (this.#carries) this.#tell({ online: false });
			},
			{ signal }
		);
	}

	#resolveDone(): void {
		const done = this.#done;
		this.#done = [];
		for (const resolve of done) resolve();
	}

	#tell(part: Partial<CarryingState>): void {
		const state = { ...this.#state, ...part };
		this.#show(state);
		this.#tabs?.tell({ is: 'state', state });
	}

	#show(state: CarryingState): void {
		this.#state = state;
		this.#now = this.#device.clock().getTime();
	}
}
