import { isMap, LineCounter, parseDocument, type Node } from 'yaml';
import { calendarDate } from '#lib/domain/primitives.ts';
import type { Condition } from './condition.ts';
import { ConditionReader } from './read-condition.ts';
import type { Requirement } from './requirement.ts';

/** What is wrong with a rule file, where. */
export interface RuleProblem {
	file: string;
	/** from 1, in the file */
	line: number;
	/** a sentence */
	problem: string;
}

export interface ListHeader {
	council: string;
	title: string;
	adoptedOn: string;
	url: string | null;
}

export interface RulesRead {
	/** the `local-list` part; null when no file has one */
	header: ListHeader | null;
	/** every rule that is sound, also where another is not */
	requirements: Requirement[];
	problems: RuleProblem[];
}

/**
 * Reads rule files in the national syntax (planning application data specification,
 * `planning-requirement`): parts between lines of three dashes, each a requirement with its
 * `required-if`, a `definition` that others refer to, or our `local-list` with the council, the
 * title and the day of adoption. Words between parts are notes. A part with a fault is left out
 * and named with its line; the others are read.
 */
export function readRules(files: readonly { name: string; text: string }[]): RulesRead {
	const problems: RuleProblem[] = [];
	const parts = files.flatMap(({ name, text }) => [...partsOf(name, text, problems)]);
	const definitions = new Map<string, Condition>();
	for (const part of parts) readDefinitions(part, definitions, problems);
	let header: ListHeader | null = null;
	const requirements: Requirement[] = [];
	for (const part of parts) {
		if (part.map.has('local-list')) header = readHeader(part, problems) ?? header;
		else if (part.map.has('reference') || part.map.has('required-if'))
			requirements.push(...readRequirement(part, definitions, problems));
	}
	return { header, requirements, problems };
}

class Part {
	readonly file: string;
	readonly map: ReadonlyMap<string, Node | null>;
	readonly lineOf: (node: Node | null | undefined) => number;
	constructor(
		file: string,
		map: ReadonlyMap<string, Node | null>,
		lineOf: (node: Node | null | undefined) => number
	) {
		this.file = file;
		this.map = map;
		this.lineOf = lineOf;
	}

	text(key: string): string {
		const value: unknown = this.map.get(key)?.toJSON();
		return typeof value === 'string'
			? value.trim()
			: typeof value === 'number'
				? String(value)
				: '';
	}

	problem(node: Node | null | undefined, problem: string): RuleProblem {
		return { file: this.file, line: this.lineOf(node), problem };
	}
}

const looksLikeRule = /^\s*(reference|required-if|definition|local-list)\s*:/m;

function* partsOf(name: string, text: string, problems: RuleProblem[]): Generator<Part> {
	const lines = text.split(/\r?\n/);
	for (let from = 0; from < lines.length;) {
		const end = lines.findIndex((line, n) => n >= from && /^---\s*$/.test(line));
		const to = end === -1 ? lines.length : end;
		const chunk = lines.slice(from, to).join('\n');
		const start = from;
		from = to + 1;
		if (!looksLikeRule.test(chunk)) continue;
		const counter = new LineCounter();
		const parsed = parseDocument(chunk, { lineCounter: counter, prettyErrors: false });
		const [error] = parsed.errors;
		if (error !== undefined) {
			const line = counter.linePos(error.pos[0]).line + start;
			problems.push({ file: name, line, problem: `It is not YAML: ${error.message}` });
			continue;
		}
		const { contents } = parsed;
		const lineOf = (node: Node | null | undefined) =>
			node?.range == null ? start + 1 : counter.linePos(node.range[0]).line + start;
		if (!isMap(contents)) {
			problems.push({
				file: name,
				line: start + 1,
				problem: 'This part is not a list of names and values.'
			});
			continue;
		}
		const map = new Map(
			contents.items.map(({ key, value }) => [String(key), value as Node | null])
		);
		yield new Part(name, map, lineOf);
	}
}

function readDefinitions(part: Part, into: Map<string, Condition>, problems: RuleProblem[]): void {
	const node = part.map.get('definition');
	if (node === undefined) return;
	if (!isMap(node)) {
		problems.push(part.problem(node, 'A definition is a name with a condition under it.'));
		return;
	}
	for (const { key, value } of node.items) {
		const read = new ConditionReader(part, into).read(value as Node | null);
		problems.push(...read.problems);
		if (read.condition !== null) into.set(String(key), read.condition);
	}
}

function readHeader(part: Part, problems: RuleProblem[]): ListHeader | null {
	const node = part.map.get('local-list');
	const given: unknown = node?.toJSON();
	if (typeof given !== 'object' || given === null) {
		problems.push(
			part.problem(node, 'The local list needs its council, title and day of adoption.')
		);
		return null;
	}
	const fields = given as Record<string, unknown>;
	const text = (key: string) => (typeof fields[key] === 'string' ? fields[key].trim() : '');
	const wrong = [
		...(text('local-authority') === '' ? ['the council’s code (local-authority)'] : []),
		...(text('title') === '' ? ['its title (title)'] : []),
		...(calendarDate.safeParse(text('adopted')).success
			? []
			: ['the day it was adopted, as 2025-06-01 (adopted)'])
	];
	if (wrong.length > 0) {
		problems.push(part.problem(node, `The local list does not say ${wrong.join(', ')}.`));
		return null;
	}
	const url = text('url');
	return {
		council: text('local-authority'),
		title: text('title'),
		adoptedOn: text('adopted'),
		url: url === '' ? null : url
	};
}

function readRequirement(
	part: Part,
	definitions: ReadonlyMap<string, Condition>,
	problems: RuleProblem[]
): Requirement[] {
	const reference = part.text('reference');
	if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(reference)) {
		const node = part.map.get('reference');
		problems.push(
			part.problem(
				node,
				reference === ''
					? 'This rule has no reference.'
					: `“${reference}” is not a reference: small letters, digits and dashes.`
			)
		);
		return [];
	}
	const when = part.map.get('required-if');
	const read =
		when === undefined
			? { condition: null, problems: [] }
			: new ConditionReader(part, definitions).read(when);
	if (read.problems.length > 0) {
		problems.push(
			...read.problems.map((one) => ({ ...one, problem: `${reference}: ${one.problem}` }))
		);
		return [];
	}
	const name = part.text('name');
	const plain = reference.replaceAll('-', ' ');
	return [
		{
			reference,
			name: (name === '' ? plain.charAt(0).toUpperCase() + plain.slice(1) : name).slice(0, 300),
			description: part.text('description').slice(0, 4_000),
			source: part.text('source').slice(0, 1_000),
			requiredIf: read.condition
		}
	];
}
