import {
	signIn,
	signOut,
	whoIsSignedIn,
	type SessionCard,
	type SignInAnswer,
	type WhoAnswer
} from './session.ts';

/**
 * What the register last said of this browser's session. Answers overtake each other: a question
 * that was asked before somebody signed in may be answered after it, with who was there before.
 */
export class SessionWord {
	is = $state<'asking' | 'held' | 'ended' | 'unreachable' | 'other'>('asking');
	/** milliseconds since 1970: when the register could last not be reached */
	unreachableAt = $state(0);
	/** whose session the register holds, when it is not that of the officer at work here */
	other = $state.raw<SessionCard | null>(null);
	/** whose register answers at this address */
	council = $state<string | null>(null);
	/** who the register said is signed in */
	card: SessionCard | null = null;
	#asked = 0;
	#heard = 0;

	/** Whether the session is this officer's, as far as is known. */
	isOf(officerId: string): boolean {
		return this.is === 'held' && this.isFor(officerId);
	}

	/** Whether the register last named this officer, whoever is at work here. */
	isFor(officerId: string): boolean {
		return this.card?.officer.id === officerId;
	}

	/** Asks who is signed in. Null: something newer has been heard meanwhile, and this counts no more. */
	async ask(): Promise<WhoAnswer | null> {
		const asked = ++this.#asked;
		const answer = await whoIsSignedIn();
		if (asked < this.#heard) return null;
		this.#heard = asked;
		if (answer.is === 'signed-in') {
			this.card = answer.card;
			return answer;
		}
		this.card = null;
		this.is = answer.is === 'signed-out' ? 'ended' : 'unreachable';
		if (answer.is === 'signed-out') this.council = answer.council;
		else this.unreachableAt = Date.now();
		return answer;
	}

	/** The session is that of the officer at work here, or of whoever comes in now. */
	held(card: SessionCard): void {
		this.card = card;
		this.is = 'held';
		this.other = null;
	}

	/** The session is somebody else's than the page. */
	others(card: SessionCard): void {
		this.card = card;
		this.is = 'other';
		this.other = card;
	}

	async signIn(email: string, password: string): Promise<SignInAnswer> {
		const answer = await signIn(email, password);
		if (answer.is === 'signed-in') {
			// what was asked until now was asked of the session before
			this.#heard = ++this.#asked;
			this.held(answer.card);
		}
		return answer;
	}

	/** Ends the session; false when the register could not be reached. */
	async end(): Promise<boolean> {
		if (!(await signOut())) return false;
		this.#heard = ++this.#asked;
		this.card = null;
		this.is = 'ended';
		return true;
	}
}
