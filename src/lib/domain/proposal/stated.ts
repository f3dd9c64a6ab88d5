import type { Submission } from '#lib/domain/submission.ts';
import { known, unknown, type Fact, type FactProblem } from './fact.ts';

/**
 * What the submission states, read by path. The mapper keeps stated facts as words
 * (intake/facts.ts): here they become numbers, yes or no, and codes again, and what is of the
 * wrong type is unknown and gets a sentence. Reading the same place twice says it once.
 */
export class Stated {
	readonly #facts: ReadonlyMap<string, string>;
	readonly #problems = new Map<string, string>();

	constructor(submission: Submission | null) {
		this.#facts = new Map(submission?.facts.map(({ path, value }) => [path, value]));
	}

	get problems(): FactProblem[] {
		return [...this.#problems].map(([path, problem]) => ({ path, problem }));
	}

	problem(path: string, problem: string): void {
		this.#problems.set(path, problem);
	}

	/** The words at a path. */
	words(path: string): Fact<string> {
		const value = this.#facts.get(path);
		return value === undefined ? unknown() : known(value, path);
	}

	/** A number of at least nought; `called` names the thing in the sentence: `the number of homes`. */
	amount(path: string, called: string, whole = false): Fact<number> {
		const value = this.#facts.get(path);
		if (value === undefined) return unknown();
		const number = asNumber(value);
		if (number === null)
			return this.#unusable(
				path,
				`“${shown(value)}” is given as ${called}, which is not a number.`
			);
		if (number < 0)
			return this.#unusable(path, `${called} is given as ${value}, which is less than nought.`);
		if (whole && !Number.isInteger(number))
			return this.#unusable(path, `${called} is given as ${value}, which is not a whole number.`);
		return known(number, path);
	}

	count(path: string, called: string): Fact<number> {
		return this.amount(path, called, true);
	}

	/** Yes or no, as the mapper writes them. */
	yesNo(path: string, called: string): Fact<boolean> {
		const value = this.#facts.get(path);
		if (value === undefined) return unknown();
		if (/^(yes|true)$/i.test(value)) return known(true, path);
		if (/^(no|false)$/i.test(value)) return known(false, path);
		return this.#unusable(
			path,
			`“${shown(value)}” is given as the answer to ${called}, which should be yes or no.`
		);
	}

	/** `Terrace (residential.house.terrace)` → `residential.house.terrace`; a bare code as it is. */
	code(path: string): Fact<string> {
		const value = this.#facts.get(path);
		return value === undefined ? unknown() : known(codeIn(value), path);
	}

	/** The codes of a list, whether it was kept as one line or member by member. */
	codes(path: string): Fact<string[]> {
		const line = this.#facts.get(path);
		const members = this.indexes(path).flatMap((index) => {
			const value =
				this.#facts.get(`${path}[${index}]`) ?? this.#facts.get(`${path}[${index}].value`);
			return value === undefined ? [] : [codeIn(value)];
		});
		if (line !== undefined) return known(line.split(', ').map(codeIn), path);
		return members.length > 0 ? known(members, path) : unknown();
	}

	/** Which members a list has: `data.x[2].y` means that 2 is one of `data.x`. */
	indexes(path: string): number[] {
		const found = new Set<number>();
		for (const one of this.#facts.keys()) {
			if (!one.startsWith(`${path}[`)) continue;
			const index = Number(one.slice(path.length + 1, one.indexOf(']', path.length)));
			if (Number.isInteger(index)) found.add(index);
		}
		return [...found].sort((a, b) => a - b);
	}

	#unusable(path: string, problem: string): Fact<never> {
		this.problem(path, sentence(problem));
		return unknown(path);
	}
}

const asNumber = (words: string): number | null => {
	const plain = words
		.trim()
		.replace(/^£/, '')
		.replaceAll(/(?<=\d),(?=\d{3}\b)/g, '');
	return /^-?\d{1,12}(\.\d{1,15})?$/.test(plain) ? Number(plain) : null;
};

const codeIn = (words: string): string => /\(([^()\s]+)\)$/.exec(words)?.[1] ?? words;

const shown = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value);

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
