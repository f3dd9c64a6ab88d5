import { createContext } from 'svelte';
import type { Officer } from '#lib/domain/officer.ts';
import { KnownOfficers, type KnownOfficer } from '#lib/local/known-officers.ts';
import { App } from '../app.svelte.ts';
import { sentenceFor } from '../sentence-for.ts';
import { signIn, signOut, whoIsSignedIn, type SessionCard, type SignInAnswer } from './session.ts';

const notOpened =
	'Your work on this tablet could not be opened, because of a fault in this app. Nothing has been removed. Reload the page and try again.';

/** tells this browser's other tabs that somebody signed in or out */
const channelName = 'bops-session';

/**
 * Who works here. An officer known to this browser comes in at once from the device's own
 * copy; the register is asked meanwhile, and what it says is shown when it comes.
 */
export class SignedIn {
	stage = $state<'starting' | 'signed-out' | 'choosing' | 'open'>('starting');
	/** what the register last said of the session */
	session = $state<'asking' | 'held' | 'ended' | 'unreachable' | 'other'>('asking');
	/** milliseconds since 1970: when the register could last not be reached */
	unreachableAt = $state(0);
	/** whose session the register holds, when it is not that of the officer at work here */
	other = $state.raw<SessionCard | null>(null);
	app = $state.raw<App | null>(null);
	known = $state.raw<KnownOfficer[]>([]);
	/** the sentence to show when the device's own copy cannot be opened */
	problem = $state<string | null>(null);
	/** whose register answers at this address */
	#here = $state<string | null>(null);
	readonly #officers = new KnownOfficers();
	readonly #channel = new BroadcastChannel(channelName);

	get officer() {
		return this.app?.officer ?? null;
	}

	/** The council's name, as far as this browser knows it. */
	get council(): string | null {
		return this.app?.council ?? this.#here ?? this.known[0]?.council ?? null;
	}

	async start(): Promise<void> {
		this.#channel.onmessage = () => {
			void this.ask();
		};
		this.known = await this.#officers.all();
		const atWork = this.known.find((one) => one.current === 1);
		if (atWork !== undefined) await this.#open(atWork.officer, atWork.council);
		await this.ask();
	}

	/** Asks the register who is signed in, and follows its answer. */
	async ask(): Promise<void> {
		const answer = await whoIsSignedIn();
		if (answer.is === 'signed-in') {
			await this.#sessionIs(answer.card);
			return;
		}
		if (answer.is === 'signed-out') this.#here = answer.council;
		else this.unreachableAt = Date.now();
		this.session = answer.is === 'signed-out' ? 'ended' : 'unreachable';
		this.known = await this.#officers.all();
		const here = this.app?.device.officer.id;
		if (here !== undefined) {
			// gone from the list: another tab of this browser signed the officer out
			if (!this.known.some((one) => one.officerId === here)) this.#leave();
			return;
		}
		this.stage = answer.is === 'unreachable' && this.known.length > 0 ? 'choosing' : 'signed-out';
	}

	/** Comes in without the register, as somebody who signed in here before. */
	async choose(known: KnownOfficer): Promise<void> {
		await this.#officers.remember(known.officer, known.council, known.lastContact);
		await this.#open(known.officer, known.council);
	}

	/** Somebody else wants to work here: back to the list of officers known on this browser. */
	chooseAgain(): void {
		this.app?.close();
		this.app = null;
		this.stage = 'choosing';
	}

	async signIn(email: string, password: string): Promise<SignInAnswer> {
		const answer = await signIn(email, password);
		if (answer.is === 'signed-in') {
			await this.#becomes(answer.card);
			this.#channel.postMessage('changed');
		}
		return answer;
	}

	/** Ends the session; false when the register could not be reached, and nothing has changed. */
	async signOut(): Promise<boolean> {
		if (this.app === null || !(await signOut())) return false;
		// without a PIN, signing out has to mean that the register is needed to come in again
		await this.#officers.forget(this.app.device.officer.id);
		this.known = await this.#officers.all();
		this.#leave();
		this.#channel.postMessage('changed');
		return true;
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

	async #becomes(card: SessionCard): Promise<void> {
		await this.#officers.remember(card.officer, card.council.name, Date.now());
		this.session = 'held';
		this.other = null;
		if (this.app?.device.officer.id === card.officer.id) {
			// it was stopped when somebody else's session was found; otherwise this does nothing
			this.app.carrier.start();
			void this.app.carrier.now();
		} else await this.#open(card.officer, card.council.name);
	}

	async #open(officer: Officer, council: string): Promise<void> {
		const before = this.app;
		try {
			this.app = await App.open(officer, council);
			this.problem = null;
			this.stage = 'open';
		} catch (error) {
			this.problem = sentenceFor(error, notOpened);
			this.app = null;
			this.stage = 'signed-out';
		}
		// closed last: what is on screen reads from it until the other one is there
		before?.close();
		this.known = await this.#officers.all();
	}

	#leave(): void {
		this.app?.close();
		this.app = null;
		this.stage = 'signed-out';
	}
}

export const [getSignedIn, setSignedIn] = createContext<SignedIn>();
