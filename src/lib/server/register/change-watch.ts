import type { RegisterParts } from './register-parts.ts';

/** How often other processes' writes are looked for, milliseconds. */
const every = 500;

/** Tells listeners that something was committed: here at once, elsewhere within half a second. */
export class ChangeWatch {
	readonly #parts: RegisterParts;
	readonly #listeners = new Set<() => void>();
	#timer: NodeJS.Timeout | null = null;
	#version = 0;

	constructor(parts: RegisterParts) {
		this.#parts = parts;
	}

	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		if (this.#timer === null) {
			this.#version = this.#dataVersion();
			this.#timer = setInterval(() => this.#look(), every);
			this.#timer.unref();
		}
		return () => {
			this.#listeners.delete(listener);
			if (this.#listeners.size === 0) this.close();
		};
	}

	committed(): void {
		for (const listener of this.#listeners) listener();
	}

	close(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** `data_version` changes when another connection has committed, never for our own commits. */
	#look(): void {
		const version = this.#dataVersion();
		if (version === this.#version) return;
		this.#version = version;
		this.committed();
	}

	#dataVersion(): number {
		return this.#parts.connection.sqlite.pragma('data_version', { simple: true }) as number;
	}
}
