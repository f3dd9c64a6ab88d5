import { Dexie } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

/** Whoever has read rests before reading again, so many times as long as it took. */
const rest = 3;
const restWhileWriting = 30;
/** While much is written, nobody reads again sooner than after this, milliseconds. */
const leastRestWhileWriting = 1_000;
/** settled when the long writing that is under way has ended */
let longWriting: Promise<unknown> | null = null;

/** Tables that no screen reads again for. */
const unseen: ReadonlySet<string> = new Set(['drafts', 'journal', 'ballast']);

/** Does something that writes for long: meanwhile the screens read again rarely, and at its end at once. */
export function writingFirst<T>(work: () => Promise<T>): Promise<T> {
	const writing = work().finally(() => {
		if (longWriting === ended) longWriting = null;
	});
	const ended = writing.catch(() => undefined);
	longWriting = ended;
	return writing;
}

/**
 * Calls back after this device's copy has changed, in this tab or another; several changes
 * in one moment are one call, and none comes while one is under way. Keystrokes in drafts,
 * notes in the journal and room kept free do not count.
 */
export function onLocalChange(callback: () => Promise<void>): () => void {
	let due = false;
	let busy = false;
	let stopped = false;
	const changed = (parts: object) => {
		const tables = Object.keys(parts).map((part) => part.split('/')[3] ?? 'all');
		if (tables.every((table) => unseen.has(table))) return;
		due = true;
		if (!busy) void answer();
	};
	const answer = async () => {
		busy = true;
		try {
			await pause(0);
			let took = 0;
			while (due && !stopped) {
				if (longWriting !== null) {
					const long = Math.max(leastRestWhileWriting, took * restWhileWriting);
					await Promise.race([longWriting, pause(long)]);
				}
				due = false;
				const began = performance.now();
				await callback();
				took = performance.now() - began;
				if (longWriting === null) await pause(took * rest);
			}
		} finally {
			busy = false;
		}
	};
	Dexie.on('storagemutated', changed);
	return () => {
		stopped = true;
		Dexie.on.storagemutated.unsubscribe(changed);
	};
}

const pause = (milliseconds: number) =>
	new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A query over the device's copy that re-reads itself while somebody looks at it. */
export class Live<T> {
	#query: () => Promise<T>;
	#current = $state.raw<T | undefined>(undefined);
	#problem = $state.raw<Error | undefined>(undefined);
	#subscribe: () => void;
	#reading = false;
	#again = false;
	#watched = false;
	/** just read, in this very turn: the first look need not read again */
	#fresh = true;

	constructor(query: () => Promise<T>) {
		this.#query = query;
		this.#subscribe = createSubscriber(() => {
			if (!this.#fresh) void this.#read();
			this.#watched = true;
			const stop = onLocalChange(() => this.#read());
			return () => {
				// what a query asks of its screen is not there any more
				this.#watched = false;
				stop();
			};
		});
		// reading at once lets a surrounding $derived see what the query depends on
		void this.#read();
		queueMicrotask(() => (this.#fresh = false));
	}

	/** undefined until the first reading is done */
	get current(): T | undefined {
		this.#subscribe();
		return this.#current;
	}

	/** why the last reading failed, if it did; `current` is then the one before */
	get problem(): Error | undefined {
		this.#subscribe();
		return this.#problem;
	}

	async #read(): Promise<void> {
		if (this.#reading) {
			this.#again = true;
			return;
		}
		this.#reading = true;
		try {
			do {
				this.#again = false;
				this.#current = await this.#query();
			} while (this.#again && this.#watched);
			this.#problem = undefined;
		} catch (error) {
			this.#problem = error instanceof Error ? error : new Error(String(error));
		} finally {
			this.#reading = false;
		}
	}
}

/** `live(() => shownCase(app.device, id)).current` */
export const live = <T>(query: () => Promise<T>): Live<T> => new Live(query);
