import { describe, expect, test } from 'vitest';
import { readRules } from './read-rules.ts';

const header = `---
local-list:
  local-authority: LBH
  title: Local list of validation requirements
  adopted: "2025-06-01"
  url: https://planning.example.gov.uk/local-list
---
`;
const rule = (reference: string, condition: string) =>
	`---\nreference: ${reference}\nrequired-if:\n${condition}\n---\n\nWords: in between are notes.\n`;
const always = '  always: true';
const read = (text: string) => readRules([{ name: 'list.md', text }]);

test('a list with its rules, a definition and notes between', () => {
	const text =
		header +
		`---
definition:
  large:
    any:
      - condition: { field: dwelling-count, operator: ">=", value: 10 }
---
` +
		rule(
			'energy-statement',
			'  all:\n    - ref: large\n    - application-type:\n        in: [full]'
		) +
		rule('bin-store-plan', always);
	const { header: list, requirements, problems } = read(text);
	expect(problems).toEqual([]);
	expect(list).toMatchObject({ council: 'LBH', adoptedOn: '2025-06-01' });
	expect(requirements).toMatchObject([
		{
			reference: 'energy-statement',
			name: 'Energy statement',
			requiredIf: {
				all: [
					{ any: [{ field: 'dwelling-count', operator: '>=', value: 10 }] },
					{ types: ['full'] }
				]
			}
		},
		{ reference: 'bin-store-plan', requiredIf: { always: true } }
	]);
});

test('an error in line 40 gets its sentence, and the other rules load', () => {
	const before = header + rule('bin-store-plan', always);
	const filler = '\n'.repeat(40 - before.split('\n').length - 3);
	const bad = rule(
		'energy-statement',
		'  condition: { field: dwelling-count, operator: more, value: 10 }'
	);
	const text = before + filler + bad + rule('travel-plan', always);
	const { requirements, problems } = read(text);
	const line = text.split('\n').findIndex((one) => one.includes('operator: more')) + 1;
	expect(line).toBe(40);
	expect(problems).toEqual([
		{
			file: 'list.md',
			line: 40,
			problem: 'energy-statement: “more” is not an operator; it is one of >= > <= < = !=.'
		}
	]);
	expect(requirements.map(({ reference }) => reference)).toEqual(['bin-store-plan', 'travel-plan']);
});

describe('faults are named', () => {
	test.each([
		['  sometimes: true', /“sometimes” is not known here/],
		['  any: []', /“any” needs a list of conditions/],
		['  ref: huge', /“huge” is referred to and nowhere defined/],
		['  site:\n    in: [atlantis]', /“atlantis” is not a designation/],
		['  condition: { field: mood, value: 1 }', /“mood” is not a field/],
		['  condition: { field: floorspace, operator: ">=", value: big }', /that needs a number/],
		['  condition: { field: floorspace }', /no value to compare with/],
		['  application-type: full', /needs a list of names/],
		['  any: [', /It is not YAML/]
	])('%s', (condition, problem) => {
		const found = read(header + rule('energy-statement', condition));
		expect(found.problems[0]?.problem).toMatch(problem);
		expect(found.problems[0]?.line).toBeGreaterThan(8);
		expect(found.requirements).toEqual([]);
	});

	test('a header with no day of adoption', () => {
		const { header: list, problems } = read('local-list:\n  local-authority: LBH\n  title: List\n');
		expect(list).toBeNull();
		expect(problems[0]?.problem).toMatch(/the day it was adopted/);
	});
});
