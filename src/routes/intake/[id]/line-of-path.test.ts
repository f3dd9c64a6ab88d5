import { describe, expect, it } from 'vitest';
import { lineOfPath } from './line-of-path.ts';

const text = `{
  "data": {
    "application": { "type": { "value": "ldc" } },
    "files": [
      { "name": "a.pdf", "note": "a \\"quoted\\" {brace" },
      {
        "name": "b.pdf"
      }
    ]
  },
  "metadata": { "organisation": "LBH" }
}`;

describe('the line of a path in a payload', () => {
	it.each([
		['data', 2],
		['data.application.type.value', 3],
		['data.files[0].name', 5],
		['data.files[1].name', 7],
		['data.files.1', 6],
		['$.metadata.organisation', 11],
		// missing: its nearest parent
		['data.files[7].name', 4],
		['data.proposal.boundary', 2]
	])('finds %s on line %i', (path, line) => {
		expect(lineOfPath(text, path)).toBe(line);
	});

	it('leads nowhere without complaint', () => {
		expect(lineOfPath(text, 'nothing')).toBeNull();
		expect(lineOfPath('not json', 'data')).toBeNull();
		expect(lineOfPath('{"a": {"b": "unfinished', 'a.b')).toBe(1);
		expect(lineOfPath('{{{{', 'a')).toBeNull();
	});
});
