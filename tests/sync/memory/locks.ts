/** Some tables, read or written, until it ends. */
export interface Hold {
	writes: boolean;
	tables: readonly string[];
}

const clash = (a: Hold, b: Hold): boolean =>
	(a.writes || b.writes) && a.tables.some((table) => b.tables.includes(table));

/** As IndexedDB orders transactions: those that share a table with a writer go in the order asked. */
export class Locks {
	readonly #running = new Set<Hold>();
	readonly #waiting: { hold: Hold; go: () => void }[] = [];

	/** null when it may go at once */
	enter(hold: Hold): Promise<void> | null {
		if (this.#isFree(hold, this.#waiting.length)) {
			this.#running.add(hold);
			return null;
		}
		return new Promise((go) => this.#waiting.push({ hold, go }));
	}

	leave(hold: Hold): void {
		this.#running.delete(hold);
		for (let n = 0; n < this.#waiting.length; n++) {
			const next = this.#waiting[n];
			if (next === undefined || !this.#isFree(next.hold, n)) continue;
			this.#waiting.splice(n--, 1);
			this.#running.add(next.hold);
			next.go();
		}
	}

	#isFree(hold: Hold, before: number): boolean {
		for (const one of this.#running) if (clash(one, hold)) return false;
		for (const { hold: one } of this.#waiting.slice(0, before)) if (clash(one, hold)) return false;
		return true;
	}
}
