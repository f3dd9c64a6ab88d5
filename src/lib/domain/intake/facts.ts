import { isObject, tidy, type Part, type Reading } from './reading.ts';

interface Fact {
	path: string;
	value: string;
}

const deepest = 40;
const longestFact = 20_000;
const mostFacts = 5_000;
const mostCharacters = 200_000;

/**
 * Everything of the payload that no other part of the mapper has put on the case, in words:
 * `data.proposal.extend.area.squareMetres` → `45`. Bounded, and a gap says when it was.
 */
export function unreadFacts(root: Part): Fact[] {
	const facts: Fact[] = [];
	let characters = 0;
	let left = 0;
	const add = (path: string, words: string): void => {
		const value = words.slice(0, longestFact).toWellFormed();
		if (value === '') return;
		if (facts.length >= mostFacts || characters + value.length > mostCharacters) {
			left += 1;
			return;
		}
		if (words.length > longestFact)
			root.reading.gap(
				`“${shortPath(path)}” is cut in the facts; all of it is in the submission as received.`
			);
		characters += value.length;
		facts.push({ path: shortPath(path), value });
	};
	walk(root.value, root.path, root.reading, 0, add);
	if (left > 0)
		root.reading.gap(
			`${left} more stated facts are too many to list; they are in the submission as received.`
		);
	return facts;
}

const shortPath = (path: string): string => tidy(path.slice(0, 300));

function walk(
	value: unknown,
	path: string,
	reading: Reading,
	depth: number,
	add: (path: string, words: string) => void
): void {
	if (value === undefined || value === null || reading.isRead(path)) return;
	const plain = inWords(value);
	if (plain !== null) return add(path, plain);
	if (depth >= deepest)
		return reading.gap(
			`What is at “${shortPath(path)}” is nested too deeply to list; it is in the submission as received.`
		);
	if (Array.isArray(value)) {
		const words = value.length <= 200 ? value.map(inWords) : [];
		const plainList =
			words.length > 0 &&
			words.every((word, index) => word !== null && !reading.isRead(`${path}[${index}]`));
		if (plainList) return add(path, words.join(', '));
		for (const [index, one] of value.entries())
			walk(one, `${path}[${index}]`, reading, depth + 1, add);
		return;
	}
	if (!isObject(value)) return;
	const said = new Set<string>();
	const pair = codeAndWords(value);
	if (pair !== null && !reading.isRead(`${path}.value`)) {
		add(path, pair);
		said.add('value').add('description');
	}
	if (Array.isArray(value['coordinates']) && shallow(value['coordinates'], 6)) {
		if (!reading.isRead(`${path}.coordinates`))
			add(`${path}.coordinates`, JSON.stringify(value['coordinates']));
		said.add('coordinates');
	}
	for (const key of Object.keys(value))
		if (!said.has(key))
			walk(value[key], path === '' ? key : `${path}.${key}`, reading, depth + 1, add);
}

/** `{ value: "alter", description: "Alter a building" }` → `Alter a building (alter)` */
function codeAndWords(value: Record<string, unknown>): string | null {
	if (!Object.hasOwn(value, 'value') || !Object.hasOwn(value, 'description')) return null;
	const code = inWords(value['value']);
	const words = inWords(value['description']);
	return code === null || words === null || code === '' || words === ''
		? null
		: `${words} (${code})`;
}

function inWords(value: unknown): string | null {
	// cut first: one character more than is shown tells that there was more
	if (typeof value === 'string') return tidy(value.slice(0, longestFact + 1));
	if (typeof value === 'number') return String(value);
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	return null;
}

/** Whether lists are nested at most so deep: JSON.stringify fails on what is nested without end. */
const shallow = (value: unknown, levels: number): boolean =>
	!Array.isArray(value)
		? !isObject(value)
		: levels > 0 && value.every((one) => shallow(one, levels - 1));
