import { isOver, pauseAfter, type Waiting } from './backoff.ts';
import { CutShort } from './problems.ts';
import type { Round } from './round.ts';
import type { Uploading } from './upload.ts';

interface Told {
	clock: () => Date;
	/** between 0 and 1 */
	chance: () => number;
	progress(now: Uploading | null): void;
	/** the first failure after a success */
	failed(): void;
	done(): void;
}

/** Bytes travel in a lane of their own: words that come meanwhile do not wait for a photograph. */
export class BytesLane {
	readonly #round: Round;
	readonly #told: Told;
	#running: Promise<void> | null = null;
	#failures = 0;
	#pause: Waiting = { since: 0, until: 0 };

	constructor(round: Round, told: Told) {
		this.#round = round;
		this.#told = told;
	}

	get busy(): boolean {
		return this.#running !== null;
	}

	/**
	 * Sends what waits, unless that is being done already or a pause is on after a failure.
	 * @param signal aborted: what is on its way stops where it is, and goes on from there later
	 */
	start(signal: AbortSignal): void {
		if (this.#running !== null || !isOver(this.#pause, this.#told.clock().getTime())) return;
		this.#running = this.#run(signal).finally(() => {
			this.#running = null;
			this.#told.progress(null);
		});
	}

	async #run(signal: AbortSignal): Promise<void> {
		try {
			await this.#round.bytes((now) => this.#told.progress(now), signal);
			this.#failures = 0;
			this.#told.done();
		} catch (error) {
			if (signal.aborted) return;
			// a line that lets some bytes through each time is no reason to wait longer each time
			this.#failures = error instanceof CutShort ? 1 : this.#failures + 1;
			const pause = pauseAfter(this.#failures, this.#told.chance());
			const since = this.#told.clock().getTime();
			this.#pause = { since, until: since + pause };
			if (this.#failures === 1) this.#told.failed();
		}
	}

	/** Resolves when nothing is on its way. */
	async idle(): Promise<void> {
		await this.#running;
	}

	/** Forgets the pause. */
	tryAtOnce(): void {
		this.#pause = { since: 0, until: 0 };
	}
}
