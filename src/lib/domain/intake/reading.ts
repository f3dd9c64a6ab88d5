/**
 * Reading a payload that nobody promised anything about. A `Part` is one place in it, by its
 * JSON path; a `Reading` remembers which places have been read, so that whatever was not
 * read can be shown to an officer too (facts.ts) and nothing is lost by being unknown to us.
 */
export class Reading {
	readonly #read = new Set<string>();
	readonly #gaps = new Set<string>();

	/** What the officer should know is thin or odd, as a sentence. Said once. */
	gap(sentence: string): void {
		if (this.#gaps.size < 200) this.#gaps.add(sentence);
	}

	get gaps(): string[] {
		return [...this.#gaps];
	}

	markRead(path: string): void {
		this.#read.add(path);
	}

	isRead(path: string): boolean {
		return this.#read.has(path);
	}
}

/** One place of the payload. Looks at own properties only, so `__proto__` is a key like any other. */
export class Part {
	readonly value: unknown;
	readonly path: string;
	readonly reading: Reading;

	constructor(value: unknown, path: string, reading: Reading) {
		this.value = value;
		this.path = path;
		this.reading = reading;
	}

	get stated(): boolean {
		return this.value !== undefined && this.value !== null;
	}

	at(...keys: string[]): Part {
		let value = this.value;
		let path = this.path;
		for (const key of keys) {
			value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
			path = path === '' ? key : `${path}.${key}`;
		}
		return new Part(value, path, this.reading);
	}

	/** The members of a list, at most so many; a gap says where more were left to the facts. */
	items(most: number, called: string): Part[] {
		if (!Array.isArray(this.value)) {
			if (this.stated) this.reading.gap(`“${this.path}” is not a list of ${called}.`);
			return [];
		}
		if (this.value.length > most)
			this.reading.gap(
				`The submission has ${this.value.length} ${called}; the first ${most} are on the case, the rest are in the submission as received.`
			);
		return this.value
			.slice(0, most)
			.map((value, index) => new Part(value, `${this.path}[${index}]`, this.reading));
	}

	/** Text, or a number as text. Cut text stays unread, so that the facts show all of it. */
	text(longest: number): string | null {
		const { value } = this;
		if (typeof value === 'number') {
			this.take();
			return String(value);
		}
		if (typeof value !== 'string') {
			if (this.stated) this.reading.gap(`“${this.path}” should be text, and is not.`);
			return null;
		}
		const text = tidy(value.slice(0, longest * 2));
		if (text.length > longest || value.length > longest * 2) {
			this.reading.gap(
				`The text at “${this.path}” is too long to show whole (${value.length} characters); it is cut.`
			);
			return text.slice(0, longest).trimEnd().toWellFormed();
		}
		this.take();
		return text === '' ? null : text;
	}

	/** A finite number, or text that is one. What is not accepted stays among the facts. */
	number(accepted: (number: number) => boolean = () => true): number | null {
		const { value } = this;
		const number =
			typeof value === 'string' && /^\s*-?\d{1,12}(\.\d{1,15})?\s*$/.test(value)
				? Number(value)
				: value;
		if (typeof number === 'number' && Number.isFinite(number)) {
			if (!accepted(number)) return null;
			this.take();
			return number;
		}
		if (this.stated) this.reading.gap(`“${this.path}” should be a number, and is not.`);
		return null;
	}

	/** Yes or no as the officer reads it, or any other plain value in words. */
	words(longest: number): string | null {
		if (typeof this.value !== 'boolean') return this.text(longest);
		this.take();
		return this.value ? 'Yes' : 'No';
	}

	/** This place is on the case now; the facts need not repeat it. */
	take(): void {
		this.reading.markRead(this.path);
	}
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text safe to store and show: whole characters, no control characters but tab and new line. */
export const tidy = (text: string): string =>
	text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();
