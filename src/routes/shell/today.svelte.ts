import { createSubscriber } from 'svelte/reactivity';
import { londonToday } from '../london-today.ts';

/** How often a screen looks whether a new day has begun, milliseconds. */
const every = 60_000;

/** The London calendar day, on a screen that may stand open over midnight. */
class Today {
	readonly #look = createSubscriber((update) => {
		const timer = setInterval(update, every);
		return () => clearInterval(timer);
	});

	get day(): string {
		this.#look();
		return londonToday();
	}
}

export const today = new Today();
