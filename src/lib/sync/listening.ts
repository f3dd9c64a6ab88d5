import { pauseAfter } from './backoff.ts';
import type { ListenForNews, Nudges } from './nudges.ts';

/** A stream that has lasted this long is sound, milliseconds. */
const steadyAfter = 30_000;

interface Wishes {
	/** there may be news, or the register may be gone: ask it */
	wake(): void;
	signedOut(): void;
	/** between 0 and 1 */
	chance(): number;
}

/**
 * Keeps the stream of news while the register answers. A stream that breaks wakes the carrier at
 * once, so that the officer reads within a moment that the register is gone. Where the register
 * answers and only its stream keeps breaking, the stream is opened later each time.
 */
export class Listening {
	readonly #listen: ListenForNews;
	readonly #wishes: Wishes;
	#stream: Nudges | null = null;
	#losses = 0;
	/** runs while the stream may not be opened again */
	#rest: ReturnType<typeof setTimeout> | null = null;
	#steady: ReturnType<typeof setTimeout> | undefined;

	constructor(listen: ListenForNews, wishes: Wishes) {
		this.#listen = listen;
		this.#wishes = wishes;
	}

	/** Opens the stream unless it is open or rests. Returns whether it did. */
	open(): boolean {
		if (this.#stream !== null || this.#rest !== null) return false;
		const stream = this.#listen({
			news: () => this.#wishes.wake(),
			signedOut: () => this.#wishes.signedOut(),
			lost: () => {
				// a closed stream has no more to say
				if (this.#stream === stream) this.#lost();
			}
		});
		this.#stream = stream;
		this.#steady = setTimeout(() => (this.#losses = 0), steadyAfter);
		return true;
	}

	close(): void {
		this.#drop();
		if (this.#rest !== null) clearTimeout(this.#rest);
		this.#rest = null;
	}

	#drop(): void {
		clearTimeout(this.#steady);
		this.#stream?.close();
		this.#stream = null;
	}

	#lost(): void {
		this.#drop();
		this.#losses++;
		this.#rest = setTimeout(
			() => {
				this.#rest = null;
				this.#wishes.wake();
			},
			pauseAfter(this.#losses, this.#wishes.chance())
		);
		this.#wishes.wake();
	}
}
