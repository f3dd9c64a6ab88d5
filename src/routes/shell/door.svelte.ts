import type { KeyRow } from '#lib/local/key-row.ts';
import type { Device } from '#lib/local/device.ts';
import { KnownOfficers, type KnownOfficer } from '#lib/local/known-officers.ts';
import { endLease, mayTry, type NotUnlocked } from '#lib/local/unlock.ts';
import { registerClient } from '#lib/sync/transport.ts';
import { App } from '../app.svelte.ts';
import { sentenceFor } from '../sentence-for.ts';
import { doorOf, whoMayComeIn, type AtTheDoor, type PinAnswer } from './at-the-door.ts';
import { carryOutWipe } from './carry-out-wipe.ts';
import { HandOver } from './hand-over.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { openCopy } from './open-copy.ts';
import type { SessionWord } from './session-word.svelte.ts';
import { WaysIn, type Got } from './ways-in.ts';

const notOpened =
	'Your work on this tablet could not be opened, because of a fault in this app. Nothing has been removed. Reload the page and try again.';

/**
 * Who stands before this browser, and whose copy is open in this window.
 *
 * Things happen at once here: answers of the register, other windows, and the officer. Whoever
 * came last stands at the door, and what was begun for somebody before them goes no further.
 */
export class Door {
	stage = $state<'starting' | 'signed-out' | 'choosing' | 'locked' | 'new-pin' | 'open'>(
		'starting'
	);
	app = $state.raw<App | null>(null);
	/** officers who can come in here by their PIN */
	known = $state.raw<KnownOfficer[]>([]);
	/** whose PIN is asked for or chosen, or who is at work; it is another object for each arrival */
	atTheDoor = $state.raw<AtTheDoor | null>(null);
	/** why no PIN is tried now; null when one may be */
	whyLocked = $state.raw<NotUnlocked | null>(null);
	/** a passkey opens the copy of who stands at the door, beside their PIN */
	hasPasskey = $state(false);
	/** how far the sealing of an earlier version's copy has come; null when none is under way */
	sealing = $state.raw<{ done: number; of: number } | null>(null);
	/** the sentence to show when the device's own copy cannot be opened */
	problem = $state<string | null>(null);
	readonly officers = new KnownOfficers();
	readonly lease: LeaseKeeper;
	readonly #word: SessionWord;
	readonly #handOver = new HandOver();
	readonly #ways: WaysIn;

	constructor(word: SessionWord) {
		const register = registerClient();
		this.#word = word;
		this.lease = new LeaseKeeper({
			officers: this.officers,
			register,
			session: word,
			onStanding: (row) => this.#standingIs(row)
		});
		this.#ways = new WaysIn(this.officers, register, this.lease);
	}

	/** Whoever was at work here when the app was last open comes in again. */
	async start(): Promise<void> {
		this.#handOver.onLocked((officerId) => void this.#lockedElsewhere(officerId));
		this.#handOver.onUnlocked((officerId) => {
			const at = this.atTheDoor;
			if (this.stage === 'locked' && at?.id === officerId) void this.#takeKey(at);
		});
		const atWork = await this.officers.current();
		if (atWork !== undefined) await this.arrive(doorOf(atWork));
	}

	/** Nobody is signed in, or the register cannot be reached: who can come in all the same? */
	withoutSession(): void {
		// who is at work, is being let in or is asked for a PIN stays; choosing one needs the register
		const stays = this.atTheDoor !== null && this.stage !== 'new-pin';
		if (this.app !== null || stays) return;
		this.atTheDoor = null;
		const list = this.#word.is === 'unreachable' && this.known.length > 0;
		this.stage = list ? 'choosing' : 'signed-out';
	}

	async listKnown(): Promise<void> {
		this.known = await whoMayComeIn(this.officers);
	}

	/** Comes in as somebody who signed in here before; their PIN is asked for. */
	async choose(known: KnownOfficer): Promise<void> {
		await this.officers.remember(
			{ id: known.officerId, name: known.name },
			known.council,
			known.lastContact
		);
		await this.arrive(doorOf(known));
	}

	/**
	 * Somebody else wants to work here: the list of officers known on this browser, or signing in.
	 * @returns why the officer at work here cannot be left now, as a sentence
	 */
	async chooseAgain(): Promise<string | null> {
		const why = (await this.app?.settle()) ?? null;
		if (why !== null) return why;
		this.#shut();
		await this.listKnown();
		this.atTheDoor = null;
		this.stage = this.known.length > 0 ? 'choosing' : 'signed-out';
		return null;
	}

	/** Somebody who is not on the list signs in. */
	signInAnew(): void {
		this.atTheDoor = null;
		this.stage = 'signed-out';
	}

	/** The first PIN of an officer on this browser; what an earlier version left open is sealed under it. */
	choosePin(pin: string): Promise<PinAnswer> {
		return this.#comeIn((at) => this.#ways.byFirstPin(at, pin));
	}

	/** Another PIN for who forgot the one before, and has just signed in. */
	replacePin(pin: string): Promise<PinAnswer> {
		return this.#comeIn((at) => this.#ways.byAnotherPin(at, pin));
	}

	enterPin(pin: string): Promise<PinAnswer> {
		return this.#comeIn((at) => this.#ways.byPin(at, pin));
	}

	usePasskey(): Promise<PinAnswer> {
		return this.#comeIn((at) => this.#ways.byPasskey(at));
	}

	/**
	 * Closes this officer's copy in every window and drops the keys. What is being recorded is saved
	 * first; where that is not possible, nothing is closed.
	 * @param first done when everything is saved, before anything is closed
	 * @returns why it stays open, as a sentence; null when it is locked
	 */
	async lock(first?: () => Promise<void>): Promise<string | null> {
		const app = this.app;
		const why = (await app?.settle()) ?? null;
		if (app === null || why !== null) return why;
		await first?.();
		await this.#close();
		this.#handOver.drop(app.device.officer.id, true);
		return null;
	}

	/** An officer stands before this browser: in, when another window has the key, else asked for the PIN. */
	async arrive(coming: AtTheDoor): Promise<void> {
		await this.app?.settle();
		if (this.app?.device.officer.id === coming.id) return;
		this.#shut();
		// who comes again while they are being let in is not sent back to the beginning
		const at = this.atTheDoor?.id === coming.id ? this.atTheDoor : coming;
		this.atTheDoor = at;
		const row = await this.officers.changeKeys(at.id, (row) => endLease(row, Date.now()));
		if (this.#isOver(at)) return;
		if (row === undefined) {
			// signed in here before there were PINs, or never: the register has to be met for one
			if (this.#word.isOf(at.id)) this.stage = 'new-pin';
			else this.atTheDoor = null;
			return;
		}
		this.#asks(row);
		if (this.whyLocked === null && (await this.#takeKey(at))) return;
		await this.listKnown();
		if (!this.#isOver(at)) this.stage = 'locked';
	}

	/** What is asked for at the door. */
	#asks(row: KeyRow | undefined): void {
		this.whyLocked = row === undefined ? null : mayTry(row);
		this.hasPasskey = row !== undefined && row.passkey !== null;
	}

	/** Somebody else stands at the door now, or the copy is open already. */
	#isOver(at: AtTheDoor): boolean {
		return this.atTheDoor !== at || this.app !== null;
	}

	async #takeKey(at: AtTheDoor): Promise<boolean> {
		const key = await this.#handOver.take(at.id);
		if (key === null || this.#isOver(at)) return false;
		return (await this.#enter(at, key)).is === 'open';
	}

	async #comeIn(by: (at: AtTheDoor) => Promise<Got>): Promise<PinAnswer> {
		const at = this.atTheDoor;
		if (at === null) return { is: 'expired' };
		const got = await by(at);
		if (got.is === 'unlocked') return this.#enter(at, got.key);
		if (got.is !== 'wrong' && got.is !== 'not-possible') this.whyLocked = got;
		return got;
	}

	/** The key is there: opens the officer's copy, if it is still they who stand at the door. */
	async #enter(at: AtTheDoor, key: CryptoKey): Promise<PinAnswer> {
		const card = this.#word.card;
		try {
			const device = await openCopy({
				officers: this.officers,
				officerId: at.id,
				key,
				fresh: card?.officer.id === at.id ? card.officer : null,
				onSealing: (done, of) => (this.sealing = { done, of })
			});
			if (device === null) return { is: 'expired' };
			if (this.#isOver(at)) device.close();
			else await this.#open(device, at, key);
			return this.app === null ? { is: 'expired' } : { is: 'open' };
		} catch (error) {
			const words = sentenceFor(error, notOpened);
			this.problem = words;
			return { is: 'not-possible', words };
		} finally {
			this.sealing = null;
		}
	}

	async #open(device: Device, at: AtTheDoor, key: CryptoKey): Promise<void> {
		this.app = App.open(device, at.council);
		this.problem = null;
		this.whyLocked = null;
		this.stage = 'open';
		this.#handOver.hold(at.id, key);
		await this.lease.begin(at.id);
		await this.listKnown();
	}

	async #standingIs(row: KeyRow): Promise<void> {
		const { officerId, standing } = row;
		if (this.stage === 'locked' && this.atTheDoor?.id === officerId) this.whyLocked = mayTry(row);
		if (standing === 'good') return;
		if (this.app?.device.officer.id === officerId) {
			await this.app.settle();
			await this.#close();
			this.#handOver.drop(officerId, true);
		} else await this.#lockedElsewhere(officerId);
		if (standing === 'wipe') void this.#wipe(officerId);
	}

	/** Seals and wipes an officer's copy; what comes of it is shown when it stood at the door. */
	async #wipe(officerId: string): Promise<void> {
		const came = await carryOutWipe(this.officers, officerId);
		if (came === null) return;
		await this.listKnown();
		if (this.atTheDoor?.id !== officerId) return;
		const row = await this.officers.keys(officerId);
		this.whyLocked = row === undefined ? null : mayTry(row);
		if (came === 'wiped') await this.chooseAgain();
	}

	/** Not by this window's officer: what is open is closed, and what is being opened stays shut. */
	async #lockedElsewhere(officerId: string): Promise<void> {
		if (this.app?.device.officer.id === officerId) return this.#close();
		if (this.atTheDoor?.id !== officerId || this.stage === 'new-pin') return;
		const at = { ...this.atTheDoor };
		this.atTheDoor = at;
		const row = await this.officers.keys(officerId);
		if (this.#isOver(at) || row === undefined) return;
		this.#asks(row);
		this.stage = 'locked';
	}

	/** Drops this window's copy and key, at once. Nobody stands at the door after it. */
	#shut(): void {
		const app = this.app;
		if (app === null) return;
		this.lease.end();
		this.#word.council = app.council;
		this.#handOver.drop(app.device.officer.id, false);
		this.app = null;
		this.atTheDoor = null;
		this.stage = 'starting';
		app.close();
	}

	/** Closes this window's copy. Who was at work here is asked for the PIN, or has signed out. */
	async #close(): Promise<void> {
		const id = this.app?.device.officer.id;
		if (id === undefined) return;
		this.#shut();
		const [row, known] = await Promise.all([this.officers.keys(id), this.officers.all()]);
		// meanwhile somebody has come in
		if (this.app !== null || this.atTheDoor !== null) return;
		const atWork = known.find((one) => one.officerId === id);
		this.#asks(row);
		this.atTheDoor = atWork?.current === 1 ? doorOf(atWork) : null;
		this.stage = this.atTheDoor === null ? 'signed-out' : 'locked';
	}
}
