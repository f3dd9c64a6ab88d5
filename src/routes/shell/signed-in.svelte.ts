import { createContext } from 'svelte';
import { Door } from './door.svelte.ts';
import { SessionWord } from './session-word.svelte.ts';
import type { SessionCard, SignInAnswer } from './session.ts';

/** tells this browser's other tabs that somebody signed in or out */
const channelName = 'bops-session';

/**
 * Who works here. An officer known to this browser comes in by their PIN, with or without the
 * register; the register is asked meanwhile, and what it says is shown when it comes.
 */
export class SignedIn {
	readonly word = new SessionWord();
	readonly door = new Door(this.word);
	readonly #channel = new BroadcastChannel(channelName);

	get officer() {
		return this.door.app?.officer ?? null;
	}

	/** The council's name, as far as this browser knows it. */
	get council(): string | null {
		const { app, atTheDoor, known } = this.door;
		return app?.council ?? atTheDoor?.council ?? this.word.council ?? known[0]?.council ?? null;
	}

	async start(): Promise<void> {
		this.#channel.onmessage = () => {
			void this.ask();
		};
		await this.door.start();
		await this.ask();
	}

	/** Asks the register who is signed in, and follows its answer. */
	async ask(): Promise<void> {
		const answer = await this.word.ask();
		if (answer === null) return;
		if (answer.is === 'signed-in') {
			if (await this.#isSignOutDue(answer.card)) return this.ask();
			return this.#sessionIs(answer.card);
		}
		await this.door.listKnown();
		if (answer.is === 'signed-out') await this.door.lease.hearOrders(this.door.atTheDoor?.id);
		// unless somebody has signed in meanwhile
		if (this.word.card === null) this.door.withoutSession();
	}

	async signIn(email: string, password: string): Promise<SignInAnswer> {
		const answer = await this.word.signIn(email, password);
		if (answer.is === 'signed-in') {
			this.#channel.postMessage('changed');
			await this.#becomes(answer.card, true);
		}
		return answer;
	}

	/**
	 * Signs out: the copy is locked, and only a sign-in and the PIN open it again. With no connection
	 * the register is told as soon as there is one.
	 * @returns why it could not be, as a sentence; null when it is done
	 */
	async signOut(): Promise<string | null> {
		const id = this.officer?.id;
		if (id === undefined) return null;
		const { officers } = this.door;
		// every window stops asking before the session that it asks under is ended
		const why = await this.door.lock(async () => {
			await officers.changeKeys(id, (row) => {
				row.lease = null;
				row.signOutDue = true;
			});
			await officers.signedOut(id);
		});
		if (why === null && (await this.word.end()))
			await officers.changeKeys(id, (row) => (row.signOutDue = false));
		return why;
	}

	/**
	 * The officer whose session it is takes over this page.
	 * @returns why the officer at work here cannot be left now, as a sentence
	 */
	async goOnAsOther(): Promise<string | null> {
		const why = (await this.door.app?.settle()) ?? null;
		if (why === null && this.word.other !== null) await this.#becomes(this.word.other);
		return why;
	}

	async #sessionIs(card: SessionCard): Promise<void> {
		const { app } = this.door;
		if (app === null || app.device.officer.id === card.officer.id) return this.#becomes(card);
		// nobody is pushed off their own page, least of all in the middle of a visit
		app.carrier.stop();
		this.word.others(card);
	}

	async #becomes(card: SessionCard, afresh = false): Promise<void> {
		const { officer, council } = card;
		const { door } = this;
		this.word.held(card);
		await door.officers.remember(officer, council.name, Date.now());
		// this is a session that was begun after signing out
		if (afresh) await door.officers.changeKeys(officer.id, (row) => (row.signOutDue = false));
		await door.lease.meet(officer.id, { afresh });
		// meanwhile somebody else has signed in, or this session has ended
		if (!this.word.isOf(officer.id)) return;
		const { app } = door;
		if (app?.device.officer.id === officer.id) {
			// it was stopped when somebody else's session was found; otherwise this does nothing
			app.carrier.start();
			void app.carrier.now();
		} else await door.arrive({ id: officer.id, name: officer.name, council: council.name });
	}

	/** Signed out here, and the session is still there: it is ended first. */
	async #isSignOutDue({ officer }: SessionCard): Promise<boolean> {
		const { officers } = this.door;
		if ((await officers.keys(officer.id))?.signOutDue !== true) return false;
		// somebody has signed in meanwhile: theirs is not ended
		if (!this.word.isFor(officer.id) || !(await this.word.end())) return false;
		await officers.changeKeys(officer.id, (row) => (row.signOutDue = false));
		return true;
	}
}

export const [getSignedIn, setSignedIn] = createContext<SignedIn>();
