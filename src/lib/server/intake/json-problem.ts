/** Deeper than any submission is, and shallow enough for everything that walks through one. */
export const deepest = 100;

/**
 * What is wrong with JSON text that `JSON.parse` would let pass or choke on: nesting without end,
 * and an object that has the same key twice, of which one value would silently vanish.
 * Text that is not JSON at all is left to `JSON.parse`, whose message tells the position.
 */
export function jsonProblem(text: string): string | null {
	/** the keys of each open object; null for an open array */
	const open: (Set<string> | null)[] = [];
	let mayBeKey = false;
	for (let at = 0; at < text.length; at += 1) {
		switch (text[at]) {
			case '{':
			case '[':
				if (open.length === deepest)
					return `It is nested more than ${deepest} levels deep (${position(text, at)}).`;
				mayBeKey = text[at] === '{';
				open.push(mayBeKey ? new Set() : null);
				break;
			case '}':
			case ']':
				open.pop();
				mayBeKey = false;
				break;
			case ',':
				mayBeKey = open.at(-1) instanceof Set;
				break;
			case '"': {
				const end = endOfString(text, at);
				if (mayBeKey) {
					const key = text.slice(at, end + 1);
					const keys = open.at(-1);
					const name = key.includes('\\') ? unescaped(key) : key.slice(1, -1);
					if (keys?.has(name) === true)
						return `The key “${name.slice(0, 60)}” is there twice in one object (${position(text, at)}); only one of the two could be kept.`;
					keys?.add(name);
				}
				mayBeKey = false;
				at = end;
				break;
			}
		}
	}
	return null;
}

function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at += 1) {
		if (text[at] === '\\') at += 1;
		else if (text[at] === '"') return at;
	}
	return text.length;
}

function unescaped(key: string): string {
	try {
		return String(JSON.parse(key));
	} catch {
		return key;
	}
}

function position(text: string, at: number): string {
	const before = text.slice(0, at);
	const line = before.split('\n').length;
	return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}
