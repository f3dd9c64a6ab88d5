/** The time between two attempts, which anything that happens may cut short. */
export class Pause {
	#wake: (() => void) | null = null;
	#asked = false;

	/** From here on, `cut` counts for the pause to come. */
	begin(): void {
		this.#asked = false;
	}

	/** Ends the pause, or lets the one to come not begin. */
	cut(): void {
		this.#asked = true;
		this.#wake?.();
	}

	/** Resolves after the milliseconds, or when cut. */
	async last(milliseconds: number): Promise<void> {
		if (this.#asked) return;
		await new Promise<void>((resolve) => {
			const awake = () => {
				clearTimeout(timer);
				this.#wake = null;
				resolve();
			};
			const timer = setTimeout(awake, milliseconds);
			this.#wake = awake;
		});
	}
}
