import type { ParseArgsOptionsConfig } from 'node:util';
import type { Readable } from 'node:stream';

/** What the operator has to put right: one sentence, and the command ends with 1. */
export class OperatorProblem extends Error {
	override name = 'OperatorProblem';
}

/** Where the command reads and writes. */
export interface Terminal {
	/** standard output: results */
	out: (line: string) => void;
	/** standard error: progress and problems */
	err: (text: string) => void;
	/** whether somebody watches standard error */
	watched: boolean;
	stdin: Readable;
	/** where the operator stands: names of files are meant from there */
	folder: string;
	env: Record<string, string | undefined>;
	now: () => Date;
}

/** What the operator typed, already read by the command's own options. */
export interface Given {
	values: Record<string, string | boolean | (string | boolean)[] | undefined>;
	words: string[];
}

export interface OperatorCommand {
	/** `council add` */
	name: string;
	/** what follows the name */
	usage: string;
	/** one line of the list */
	summary: string;
	/** more lines of its own help */
	details?: readonly string[];
	options: ParseArgsOptionsConfig;
	/** each option in words, by name */
	optionWords: Record<string, string>;
	/** @returns false when not everything was done; the words have been said by then */
	run: (given: Given, terminal: Terminal) => Promise<boolean> | boolean;
}

/** Options that every command with a council or a result takes. */
export const councilOption = { council: { type: 'string' } } as const;
export const jsonOption = { json: { type: 'boolean' } } as const;
export const councilWords = {
	council: 'the council’s code; needed where there are several'
} as const;
export const jsonWords = { json: 'print one JSON object instead of words' } as const;

export const text = (given: Given, name: string): string | undefined => {
	const value = given.values[name];
	return typeof value === 'string' ? value : undefined;
};

export const flag = (given: Given, name: string): boolean => given.values[name] === true;

/** The value of an option that the command cannot do without. */
export function needed(given: Given, name: string, what: string): string {
	const value = text(given, name)?.trim();
	if (value === undefined || value === '') throw new OperatorProblem(`Say ${what} with --${name}.`);
	return value;
}

/** The one word after the command's name. */
export function oneWord(given: Given, what: string): string {
	const [word, ...more] = given.words;
	if (word === undefined) throw new OperatorProblem(`Say ${what}.`);
	if (more.length > 0) throw new OperatorProblem(`One at a time: “${more.join(' ')}” is too much.`);
	return word;
}
