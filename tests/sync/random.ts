/** A seeded source of chance (mulberry32): the same seed gives the same run. */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** from 0, below 1 */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	below(n: number): number {
		return Math.floor(this.next() * n);
	}

	/** true in so many cases of one */
	happens(probability: number): boolean {
		return this.next() < probability;
	}

	of<T>(things: readonly T[]): T | undefined {
		return things[this.below(things.length)];
	}

	bytes(length: number): Uint8Array<ArrayBuffer> {
		return Uint8Array.from({ length }, () => this.below(256));
	}

	/** one of the names, each as often as its weight says */
	weighted<T extends string>(weights: Record<T, number>): T {
		const entries = Object.entries(weights) as [T, number][];
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
		return (entries.at(-1) as [T, number])[0];
	}
}
