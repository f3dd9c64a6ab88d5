import { SvelteMap } from 'svelte/reactivity';
import type { Cursor } from '#lib/commands/protocol.ts';

interface Kept {
	epoch: string | null;
	/** what had happened when this officer first worked on this device counts as seen */
	since: number;
	/** case id → the register's sequence number up to which it has been seen */
	seen: [string, number][];
}

/** The first download is over: what the device has is what the register had. */
const isWhole = (cursor: Cursor) => cursor.bootstrap === null && cursor.epoch !== null;

/**
 * How far this officer has seen each case on this device: what tells "changed since you
 * looked" from old news. A convenience of the device, so it is neither sent nor sealed:
 * it holds case ids and sequence numbers only.
 */
export class LastLook {
	readonly #seen = new SvelteMap<string, number>();
	#since = $state(Number.POSITIVE_INFINITY);
	#epoch: string | null = null;
	readonly #key: string;

	constructor(officerId: string) {
		this.#key = `bops-last-look:${officerId}`;
		this.#read();
	}

	/** The officer has the case on screen, with everything the device has of it. */
	opened(caseId: string, cursor: Cursor) {
		if (!isWhole(cursor)) return;
		this.#beginAt(cursor);
		this.#seen.set(caseId, cursor.seq);
		this.#keep();
	}

	/** For each case, the sequence number up to which it has been seen, as of now. */
	get upTo(): (caseId: string) => number {
		const seen = new Map(this.#seen);
		const since = this.#since;
		return (caseId) => seen.get(caseId) ?? since;
	}

	/** The officer has the list of cases on screen: from here on, what others do is news. */
	begin(cursor: Cursor) {
		if (isWhole(cursor) && this.#beginAt(cursor)) this.#keep();
	}

	/** Counts from here when it has not begun, and anew when the register is another epoch. */
	#beginAt(cursor: Cursor): boolean {
		if (cursor.epoch === this.#epoch && Number.isFinite(this.#since)) return false;
		this.#epoch = cursor.epoch;
		this.#since = cursor.seq;
		this.#seen.clear();
		return true;
	}

	/** Another tab of this officer looked at something. */
	follow(event: StorageEvent) {
		if (event.key === this.#key) this.#read();
	}

	#read() {
		const text = localStorage.getItem(this.#key);
		if (text === null) return;
		const kept = JSON.parse(text) as Kept;
		this.#epoch = kept.epoch;
		this.#since = kept.since;
		for (const [caseId, seq] of kept.seen) this.#seen.set(caseId, seq);
	}

	#keep() {
		const kept: Kept = { epoch: this.#epoch, since: this.#since, seen: [...this.#seen] };
		localStorage.setItem(this.#key, JSON.stringify(kept));
	}
}
