/**
 * The line, from 1, on which the value at a path like `data.proposal.boundary.site` or
 * `files[3].name` begins in JSON text; of the nearest parent when it is missing; null when
 * the text leads nowhere. Reads the text itself, so that it works on JSON that does not parse.
 */
export function lineOfPath(text: string, path: string): number | null {
	const steps = path
		.replace(/^\$\.?/, '')
		.split(/[.[\]]+/)
		.filter((step) => step !== '');
	const found = seek(text, steps);
	return found === null ? null : text.slice(0, found).split('\n').length;
}

/** Offset of the deepest part of the path that is there; null when not even the first is. */
function seek(text: string, steps: readonly string[]): number | null {
	let from = text.search(/[[{]/);
	let found: number | null = null;
	for (const step of steps) {
		if (from === -1) return found;
		const at = text[from] === '[' ? element(text, from, Number(step)) : member(text, from, step);
		if (at === null) return found;
		found = at.begins;
		from = at.value;
	}
	return found;
}

interface Place {
	/** offset of the member's name, or of the element */
	begins: number;
	/** offset of its value */
	value: number;
}

function member(text: string, object: number, name: string): Place | null {
	if (text[object] !== '{') return null;
	let at = skipSpace(text, object + 1);
	while (text[at] === '"') {
		const nameEnd = skipValue(text, at);
		const colon = skipSpace(text, nameEnd);
		if (text[colon] !== ':') return null;
		const value = skipSpace(text, colon + 1);
		if (text.slice(at + 1, nameEnd - 1) === name) return { begins: at, value };
		at = next(text, value);
	}
	return null;
}

function element(text: string, list: number, n: number): Place | null {
	let at = skipSpace(text, list + 1);
	for (let i = 0; i < n; i++) {
		at = next(text, at);
		if (at >= text.length) return null;
	}
	return Number.isInteger(n) && text[at] !== ']' && at < text.length
		? { begins: at, value: at }
		: null;
}

/** After a value and its comma; the end of the text when there is no comma. */
function next(text: string, value: number): number {
	const after = skipSpace(text, skipValue(text, value));
	return text[after] === ',' ? skipSpace(text, after + 1) : text.length;
}

const skipSpace = (text: string, from: number): number => {
	let at = from;
	while (at < text.length && /\s/.test(text.charAt(at))) at++;
	return at;
};

function skipValue(text: string, from: number): number {
	let depth = 0;
	let at = from;
	do {
		const sign = text[at];
		if (sign === '"') {
			at++;
			while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
		} else if (sign === '{' || sign === '[') depth++;
		else if (sign === '}' || sign === ']') depth--;
		else if (depth === 0) {
			while (at < text.length && !/[,\]}\s]/.test(text.charAt(at))) at++;
			return at;
		}
		at++;
	} while (depth > 0 && at < text.length);
	return at;
}
