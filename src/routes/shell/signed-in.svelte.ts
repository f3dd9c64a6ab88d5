import { createContext } from 'svelte';
import { version } from '$app/environment';
import type { Standing } from '#lib/commands/council-box.ts';
import { openDevice, withTables, type Device } from '#lib/local/device.ts';
import { KnownOfficers, type KnownOfficer } from '#lib/local/known-officers.ts';
import { sealExisting } from '#lib/local/seal-existing.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';
import { endLease, mayTry, unlock, type NotUnlocked } from '#lib/local/unlock.ts';
import { askStanding, firstKeys, forgottenPin, meetRegister } from '#lib/sync/lease.ts';
import { registerClient } from '#lib/sync/transport.ts';
import { App } from '../app.svelte.ts';
import { sentenceFor } from '../sentence-for.ts';
import { carryOutWipe } from './carry-out-wipe.ts';
import { HandOver } from './hand-over.ts';
import { signIn, signOut, whoIsSignedIn, type SessionCard, type SignInAnswer } from './session.ts';
import { isUnreachable } from './unreachable.ts';

const notOpened =
	'Your work on this tablet could not be opened, because of a fault in this app. Nothing has been removed. Reload the page and try again.';

/** tells this browser's other tabs that somebody signed in or out */
const channelName = 'bops-session';
/** While the app is open the lease is begun again this often, milliseconds. */
const meetEvery = 60 * 60 * 1000;

/** Whose PIN is asked for, or chosen. */
interface AtTheDoor {
	id: string;
	name: string;
	council: string;
}

/** What choosing or giving a PIN came to; `words` are for the officer. */
export type PinAnswer = { is: 'open' } | NotUnlocked | { is: 'not-possible'; words: string };

/**
 * Who works here. An officer known to this browser comes in by their PIN, with or without the
 * register; the register is asked meanwhile, and what it says is shown when it comes.
 */
export class SignedIn {
	stage = $state<'starting' | 'signed-out' | 'choosing' | 'locked' | 'new-pin' | 'open'>(
		'starting'
	);
	/** what the register last said of the session */
	session = $state<'asking' | 'held' | 'ended' | 'unreachable' | 'other'>('asking');
	/** milliseconds since 1970: when the register could last not be reached */
	unreachableAt = $state(0);
	/** whose session the register holds, when it is not that of the officer at work here */
	other = $state.raw<SessionCard | null>(null);
	app = $state.raw<App | null>(null);
	/** officers who can come in here by their PIN */
	known = $state.raw<KnownOfficer[]>([]);
	/** whose PIN is asked for or chosen */
	atTheDoor = $state.raw<AtTheDoor | null>(null);
	/** why no PIN is tried now; null when one may be */
	whyLocked = $state.raw<NotUnlocked | null>(null);
	/** how far the sealing of an earlier version's copy has come; null when none is under way */
	sealing = $state.raw<{ done: number; of: number } | null>(null);
	/** the sentence to show when the device's own copy cannot be opened */
	problem = $state<string | null>(null);
	/** whose register answers at this address */
	#here = $state<string | null>(null);
	/** who the register said is signed in */
	#card: SessionCard | null = null;
	readonly officers = new KnownOfficers();
	readonly #channel = new BroadcastChannel(channelName);
	readonly #handOver = new HandOver();
	readonly #register = registerClient();
	#meeting: ReturnType<typeof setInterval> | undefined;

	get officer() {
		return this.app?.officer ?? null;
	}

	/** The council's name, as far as this browser knows it. */
	get council(): string | null {
		return (
			this.app?.council ?? this.atTheDoor?.council ?? this.#here ?? this.known[0]?.council ?? null
		);
	}

	async start(): Promise<void> {
		this.#channel.onmessage = () => {
			void this.ask();
		};
		this.#handOver.onLocked((officerId) => {
			if (this.app?.device.officer.id === officerId) void this.#close();
		});
		this.#handOver.onUnlocked((officerId) => {
			if (this.stage === 'locked' && this.atTheDoor?.id === officerId) void this.#takeKey();
		});
		const atWork = await this.officers.current();
		if (atWork !== undefined) await this.#arrive(door(atWork));
		await this.ask();
	}

	/** Asks the register who is signed in, and follows its answer. */
	async ask(): Promise<void> {
		const answer = await whoIsSignedIn();
		if (answer.is === 'signed-in' && (await this.#isSignOutDue(answer.card))) return this.ask();
		if (answer.is === 'signed-in') return this.#sessionIs(answer.card);
		this.#card = null;
		if (answer.is === 'signed-out') this.#here = answer.council;
		else this.unreachableAt = Date.now();
		this.session = answer.is === 'signed-out' ? 'ended' : 'unreachable';
		await this.#listKnown();
		const here = this.app?.device.officer.id ?? this.atTheDoor?.id;
		if (answer.is === 'signed-out') await this.#hearOrders(here);
		if (this.app !== null || this.stage === 'locked') return;
		this.atTheDoor = null;
		this.stage = answer.is === 'unreachable' && this.known.length > 0 ? 'choosing' : 'signed-out';
	}

	/** Comes in as somebody who signed in here before; their PIN is asked for. */
	async choose(known: KnownOfficer): Promise<void> {
		await this.officers.remember(
			{ id: known.officerId, name: known.name },
			known.council,
			known.lastContact
		);
		await this.#arrive(door(known));
	}

	/** Somebody else wants to work here: the list of officers known on this browser, or signing in. */
	async chooseAgain(): Promise<void> {
		await this.#close();
		await this.#listKnown();
		this.atTheDoor = null;
		this.stage = this.known.length > 0 ? 'choosing' : 'signed-out';
	}

	/** Somebody who is not on the list signs in. */
	signInAnew(): void {
		this.atTheDoor = null;
		this.stage = 'signed-out';
	}

	async signIn(email: string, password: string): Promise<SignInAnswer> {
		const answer = await signIn(email, password);
		if (answer.is === 'signed-in') {
			await this.#becomes(answer.card, true);
			this.#channel.postMessage('changed');
		}
		return answer;
	}

	/** The first PIN of an officer on this browser; what an earlier version left open is sealed under it. */
	async choosePin(pin: string): Promise<PinAnswer> {
		const at = this.atTheDoor;
		if (at === null) return { is: 'expired' };
		try {
			const deviceId = await withTables({ officer: at }, (_db, deviceId) =>
				Promise.resolve(deviceId)
			);
			const owner = { officerId: at.id, deviceId };
			const key = await firstKeys(this.officers, this.#register, pin, owner, Date.now);
			return key === null ? await this.enterPin(pin) : await this.#enter(at, key);
		} catch (error) {
			return { is: 'not-possible', words: whyNot(error) };
		}
	}

	/** Another PIN for who forgot the one before, and has just signed in. */
	async replacePin(pin: string): Promise<PinAnswer> {
		const at = this.atTheDoor;
		try {
			if (at === null || !(await forgottenPin(this.officers, this.#register, at.id, pin)))
				return { is: 'expired' };
		} catch (error) {
			return { is: 'not-possible', words: whyNot(error) };
		}
		return this.enterPin(pin);
	}

	async enterPin(pin: string): Promise<PinAnswer> {
		const at = this.atTheDoor;
		if (at === null) return { is: 'expired' };
		const result = await unlock(this.officers, at.id, { pin }, Date.now());
		if (result.is === 'unlocked') return this.#enter(at, result.key);
		if (result.is !== 'wrong') this.whyLocked = result;
		if (result.is !== 'locked' && this.session === 'held') await this.#tellOfWrongPin(at.id);
		return result;
	}

	/**
	 * Closes this officer's copy in every window and drops the keys. What is being recorded is saved
	 * first; where that is not possible, nothing is closed.
	 * @returns why it stays open, as a sentence; null when it is locked
	 */
	async lock(): Promise<string | null> {
		const app = this.app;
		const why = (await app?.settle()) ?? null;
		if (app === null || why !== null) return why;
		await this.#close();
		this.#handOver.drop(app.device.officer.id, true);
		return null;
	}

	/**
	 * Signs out: the copy is locked, and only a sign-in and the PIN open it again. With no connection
	 * the register is told as soon as there is one.
	 * @returns why it could not be, as a sentence; null when it is done
	 */
	async signOut(): Promise<string | null> {
		const app = this.app;
		const why = (await app?.settle()) ?? null;
		if (app === null || why !== null) return why;
		const { id } = app.device.officer;
		await this.officers.changeKeys(id, (row) => {
			row.lease = null;
			row.signOutDue = true;
		});
		await this.officers.signedOut(id);
		// every window stops asking before the session that it asks under is ended
		await this.#close();
		this.#handOver.drop(id, true);
		if (await signOut()) {
			await this.officers.changeKeys(id, (row) => (row.signOutDue = false));
			this.session = 'ended';
		}
		return null;
	}

	/** The officer whose session it is takes over this page. */
	async goOnAsOther(): Promise<void> {
		if (this.other !== null) await this.#becomes(this.other);
	}

	async #sessionIs(card: SessionCard): Promise<void> {
		const here = this.app?.device.officer.id;
		if (here === undefined || here === card.officer.id) await this.#becomes(card);
		else {
			// nobody is pushed off their own page, least of all in the middle of a visit
			this.app?.carrier.stop();
			this.other = card;
			this.session = 'other';
		}
	}

	async #becomes(card: SessionCard, afresh = false): Promise<void> {
		const { officer, council } = card;
		await this.officers.remember(officer, council.name, Date.now());
		this.#card = card;
		this.session = 'held';
		this.other = null;
		// this is a session that was begun after signing out
		if (afresh) await this.officers.changeKeys(officer.id, (row) => (row.signOutDue = false));
		await this.#meet(officer.id, afresh);
		if (this.app?.device.officer.id === officer.id) {
			// it was stopped when somebody else's session was found; otherwise this does nothing
			this.app.carrier.start();
			void this.app.carrier.now();
		} else await this.#arrive({ id: officer.id, name: officer.name, council: council.name });
	}

	/** An officer stands before this browser: in, when another window has the key, else asked for the PIN. */
	async #arrive(at: AtTheDoor): Promise<void> {
		if (this.app !== null) {
			await this.app.settle();
			await this.#close();
		}
		this.atTheDoor = at;
		const row = await this.officers.changeKeys(at.id, (row) => endLease(row, Date.now()));
		if (row === undefined) {
			// signed in here before there were PINs, or never: the register has to be met for one
			if (this.session === 'held') this.stage = 'new-pin';
			return;
		}
		this.whyLocked = mayTry(row);
		if (this.whyLocked === null && (await this.#takeKey())) return;
		await this.#listKnown();
		this.stage = 'locked';
	}

	async #takeKey(): Promise<boolean> {
		const at = this.atTheDoor;
		const key = at === null ? null : await this.#handOver.take(at.id);
		if (at === null || key === null || this.app !== null) return false;
		return (await this.#enter(at, key)).is === 'open';
	}

	/** The key is there: seals what is still open, and opens the officer's copy. */
	async #enter(at: AtTheDoor, key: CryptoKey): Promise<PinAnswer> {
		const codec = sealedCodec(key);
		try {
			if ((await this.officers.keys(at.id))?.sealed !== true) {
				await withTables({ officer: at }, (db) =>
					sealExisting(db, codec, (done, of) => (this.sealing = { done, of }))
				);
				await this.officers.changeKeys(at.id, (row) => (row.sealed = true));
			}
			const officer =
				this.#card?.officer.id === at.id
					? this.#card.officer
					: await this.officers.card(at.id, codec);
			if (officer === undefined) return { is: 'expired' };
			await this.officers.keepCard(officer, codec);
			await this.#open(await openDevice({ officer, codec, app: version }), at, key);
			return { is: 'open' };
		} catch (error) {
			const words = sentenceFor(error, notOpened);
			this.problem = words;
			return { is: 'not-possible', words };
		} finally {
			this.sealing = null;
		}
	}

	async #open(device: Device, at: AtTheDoor, key: CryptoKey): Promise<void> {
		const before = this.app;
		this.app = App.open(device, at.council);
		this.problem = null;
		this.whyLocked = null;
		this.stage = 'open';
		this.#handOver.hold(at.id, key);
		// closed last: what is on screen reads from it until the other one is there
		before?.close();
		clearInterval(this.#meeting);
		this.#meeting = setInterval(() => void this.#meet(at.id), meetEvery);
		await this.#meet(at.id, false, true);
		await this.#listKnown();
	}

	/** Begins the lease again, or hears that the device is locked; nothing happens without the register. */
	async #meet(officerId: string, afresh = false, pinWasRight = false): Promise<void> {
		if (this.session !== 'held') return;
		const row = await meetRegister(this.officers, this.#register, officerId, Date.now, {
			afresh,
			pinWasRight
		}).catch(() => undefined);
		if (row !== undefined) await this.#obey(officerId, row.standing);
	}

	/** Of every officer's copy on this browser; of the one at work here first. */
	async #hearOrders(here: string | undefined): Promise<void> {
		if (here !== undefined) await this.#hearStanding(here);
		for (const { officerId } of await this.officers.all())
			if (officerId !== here) await this.#hearStanding(officerId);
	}

	async #hearStanding(officerId: string): Promise<void> {
		const row = await this.officers.keys(officerId);
		const standing = row === undefined ? null : await askStanding(row);
		if (standing !== null) await this.#obey(officerId, standing);
	}

	/** An administrator has said something of this device. Nothing on it is deleted by being locked. */
	async #obey(officerId: string, standing: Standing): Promise<void> {
		const row = await this.officers.changeKeys(officerId, (row) => {
			row.standing = standing === 'wiped' ? 'wipe' : standing;
			if (standing !== 'good') row.lease = null;
		});
		if (row !== undefined && this.stage === 'locked' && this.atTheDoor?.id === officerId)
			this.whyLocked = mayTry(row);
		if (row === undefined || standing === 'good') return;
		if (this.app?.device.officer.id === officerId) {
			await this.app.settle();
			await this.#close();
			this.#handOver.drop(officerId, true);
		}
		if (row.standing === 'wipe') void this.#wipe(officerId);
	}

	/** Seals and wipes an officer's copy; what comes of it is shown when it stood at the door. */
	async #wipe(officerId: string): Promise<void> {
		const came = await carryOutWipe(this.officers, officerId);
		if (came === null) return;
		await this.#listKnown();
		if (this.atTheDoor?.id !== officerId) return;
		const row = await this.officers.keys(officerId);
		this.whyLocked = row === undefined ? null : mayTry(row);
		if (came === 'wiped') await this.chooseAgain();
	}

	async #tellOfWrongPin(officerId: string): Promise<void> {
		const device = (await this.officers.keys(officerId))?.deviceId;
		if (device !== undefined)
			await this.#register.keys.wrongPin.mutate({ device }).catch(() => undefined);
	}

	/** Signed out here, and the session is still there: it is ended first. */
	async #isSignOutDue({ officer }: SessionCard): Promise<boolean> {
		if ((await this.officers.keys(officer.id))?.signOutDue !== true) return false;
		if (!(await signOut())) return false;
		await this.officers.changeKeys(officer.id, (row) => (row.signOutDue = false));
		return true;
	}

	async #listKnown(): Promise<void> {
		const all = await this.officers.all();
		const rows = await Promise.all(all.map((one) => this.officers.keys(one.officerId)));
		this.known = all.filter((_, n) => {
			const row = rows[n];
			return row !== undefined && mayTry(row) === null;
		});
	}

	/** Drops this window's copy and key. What was at work here is asked for its PIN, or has signed out. */
	async #close(): Promise<void> {
		const app = this.app;
		clearInterval(this.#meeting);
		if (app === null) return;
		const { id } = app.device.officer;
		this.#here = app.council;
		this.#handOver.drop(id, false);
		const row = await this.officers.keys(id);
		const atWork = (await this.officers.all()).find((one) => one.officerId === id);
		this.whyLocked = row === undefined ? null : mayTry(row);
		this.atTheDoor = atWork?.current === 1 ? door(atWork) : null;
		this.app = null;
		this.stage = this.atTheDoor === null ? 'signed-out' : 'locked';
		app.close();
	}
}

const door = ({ officerId, name, council }: KnownOfficer): AtTheDoor => ({
	id: officerId,
	name,
	council
});

const whyNot = (error: unknown): string =>
	isUnreachable(error)
		? 'The council’s register cannot be reached. Choosing a PIN needs a connection once. Check it and try again.'
		: sentenceFor(error);

export const [getSignedIn, setSignedIn] = createContext<SignedIn>();
