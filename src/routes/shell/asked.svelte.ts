import { sentenceFor } from '../sentence-for.ts';
import { isUnreachable } from './unreachable.ts';

const notAnswered =
	'This could not be shown, because of a fault in this app. Reload the page and try again.';

/** A question to the register and what came of it: for what only the register knows. */
export class Asked<T> {
	/** the last answer, kept while the question is asked again */
	answer = $state.raw<T | undefined>(undefined);
	/** why the register said no or failed, for the officer */
	problem = $state<string | null>(null);
	unreachable = $state(false);
	busy = $state(false);
	#asked = 0;

	async ask(question: () => Promise<T>): Promise<void> {
		const asked = ++this.#asked;
		this.busy = true;
		try {
			const answer = await question();
			// an answer that comes after a newer question is no answer
			if (asked !== this.#asked) return;
			this.answer = answer;
			this.problem = null;
			this.unreachable = false;
		} catch (error) {
			if (asked !== this.#asked) return;
			this.unreachable = isUnreachable(error);
			this.problem = this.unreachable ? null : sentenceFor(error, notAnswered);
		} finally {
			if (asked === this.#asked) this.busy = false;
		}
	}
}

/** The sentence for an act that did not come to pass. */
export const whyNotDone = (error: unknown): string =>
	isUnreachable(error)
		? 'The council’s register cannot be reached, so nothing was done. Check the connection and try again.'
		: sentenceFor(error);
