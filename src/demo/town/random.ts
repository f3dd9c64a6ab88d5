/**
 * A seeded stream of numbers: the same seed gives the same town, cases and pictures on every machine.
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded through an FNV-1a mix of the seed's characters.
 */
export class Random {
	readonly #seed: string;
	#a: number;
	#b: number;
	#c: number;
	#d = 1;

	constructor(seed: string) {
		this.#seed = seed;
		let hash = 0x811c9dc5;
		const word = (salt: number) => {
			for (let at = 0; at < seed.length; at++)
				hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
			hash = Math.imul(hash ^ salt, 0x85ebca6b);
			return (hash ^ (hash >>> 15)) | 0;
		};
		this.#a = word(1);
		this.#b = word(2);
		this.#c = word(3);
		for (let warm = 0; warm < 15; warm++) this.next();
	}

	/** A number in [0, 1). */
	next(): number {
		const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
		this.#d = (this.#d + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 4294967296;
	}

	/** A stream of its own for one thing, so that adding another thing elsewhere changes nothing here. */
	fork(...names: (string | number)[]): Random {
		return new Random(`${this.#seed}/${names.join('/')}`);
	}

	between(low: number, high: number): number {
		return low + this.next() * (high - low);
	}

	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T {
		const chosen = from[Math.floor(this.next() * from.length)];
		if (chosen === undefined) throw new Error('Nothing to pick from.');
		return chosen;
	}

	/** One of the values, each as likely as its weight says. */
	weighted<T>(choices: readonly (readonly [T, number])[]): T {
		let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [value, weight] of choices) if ((left -= weight) < 0) return value;
		return this.pick(choices)[0];
	}

	shuffled<T>(values: readonly T[]): T[] {
		const result = [...values];
		for (let last = result.length - 1; last > 0; last--) {
			const other = this.whole(0, last);
			[result[last], result[other]] = [result[other] as T, result[last] as T];
		}
		return result;
	}

	/** A UUID with the version 7 layout, its time part given, the rest from this stream. */
	uuid(time: number): string {
		const hex = (bits: number) =>
			Math.floor(this.next() * 2 ** bits)
				.toString(16)
				.padStart(bits / 4, '0');
		const stamp = Math.floor(time).toString(16).padStart(12, '0');
		const variant = this.pick(['8', '9', 'a', 'b']);
		return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(12)}-${variant}${hex(12)}-${hex(24)}${hex(24)}`;
	}
}
