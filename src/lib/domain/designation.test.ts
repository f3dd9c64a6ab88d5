import { expect, test } from 'vitest';
import { designation, designations, designationWords } from './designation.ts';

test.each([
	['designated.conservationArea', 'Conservation area', 'conservation-area', 'conservation-area'],
	['listed.gradeTwoStar', 'Listed building, Grade II*', 'listed-building', null],
	['designated.nationalPark.broads', 'The Broads', 'national-park', 'the-broads'],
	['tpo', 'Tree preservation order (TPO) or zone', 'tree-preservation-zone', null],
	['road.classified', 'Classified road', null, null]
])('%s is “%s”, dataset %s, national %s', (code, words, dataset, national) => {
	expect(designation(code)).toEqual({ code, words, dataset, national });
});

test('every designation has words of its own', () => {
	const words = [...designations.values()].map((one) => one.words);
	expect(new Set(words).size).toBe(designations.size);
	expect(designations.size).toBeGreaterThanOrEqual(72);
});

test('a code nobody knows is shown as it came', () => {
	expect(designation('dragonLair')).toBeUndefined();
	expect(designationWords('dragonLair')).toBe('dragonLair');
	expect(designationWords('__proto__')).toBe('__proto__');
});
