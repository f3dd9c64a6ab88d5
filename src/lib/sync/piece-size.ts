const kibibyte = 1024;
const largest = 1024 * kibibyte;
/** Still several in the 64 KiB after which some lines die, with room for what heads each of them. */
const smallest = 16 * kibibyte;

/**
 * How much of a photograph goes in one request: what a cut may cost. A line that lets little
 * pass before it dies would never let a large piece through, so pieces become small after a cut,
 * and large again while none comes.
 */
export class PieceSize {
	#bytes: number;

	/** @param begin bytes of the first piece */
	constructor(begin = largest) {
		this.#bytes = begin;
	}

	get bytes(): number {
		return this.#bytes;
	}

	/** A request was cut. False when pieces cannot become smaller. */
	cut(): boolean {
		const smaller = Math.max(smallest, this.#bytes / 4);
		if (smaller === this.#bytes) return false;
		this.#bytes = smaller;
		return true;
	}

	/** A request was answered. */
	passed(): void {
		this.#bytes = Math.min(largest, this.#bytes * 2);
	}
}
