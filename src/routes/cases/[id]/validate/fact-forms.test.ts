import { expect, test } from 'vitest';
import { factNames, factSchemas } from '#lib/domain/workflow/case-facts.ts';
import { suggestedFacts } from '#lib/domain/workflow/suggested-facts.ts';
import { aCase } from '#lib/commands/one-case.fixture.ts';
import { fieldsOf, typedOf, valueOf } from './fact-forms.ts';

test('what is recorded comes back into the form and out of it the same', () => {
	const householder = suggestedFacts({ case: aCase(), submission: undefined, people: [] });
	for (const fact of factNames) {
		if (fact === 'feeBasis') continue;
		const value = householder[fact]?.value;
		if (value === undefined) continue;
		expect(valueOf(fieldsOf(fact, 'pp.full.householder'), typedOf(value))).toEqual({ value });
	}
	const owned = { certificate: 'b', noticeOn: '2026-03-01', newspaperOn: null, note: '' } as const;
	expect(valueOf(fieldsOf('ownership', 'pp'), typedOf(owned))).toEqual({
		value: owned
	});
});

test('a field that is put away takes its answer with it', () => {
	const typed = { certificate: 'a', noticeOn: '2026-03-01', newspaperOn: '2026-03-01', note: 'x' };
	expect(valueOf(fieldsOf('ownership', 'pp'), typed)).toEqual({
		value: { certificate: 'a', noticeOn: null, newspaperOn: null, note: 'x' }
	});
});

test('an answer that is missing or of the wrong type gets its sentence', () => {
	const gain = fieldsOf('biodiversity', 'pp.full');
	expect(valueOf(gain, {})).toEqual({
		wrong: 'Choose an answer: Would the biodiversity gain condition apply.'
	});
	expect(valueOf(gain, { applies: 'no' })).toEqual({
		wrong: 'Choose an answer: Why it is exempt.'
	});
	expect(valueOf(gain, { applies: 'yes', value: 'twelve' })).toEqual({
		wrong: 'Biodiversity value before development, in units: this is not a number.'
	});
	const answered = valueOf(gain, { applies: 'yes', value: '12.5', degraded: 'yes' });
	expect('value' in answered && factSchemas.biodiversity.safeParse(answered.value).success).toBe(
		true
	);
});

test('the usual development types are offered first, and every other one after', () => {
	const [field] = fieldsOf('developmentType', 'listed');
	expect(field?.options?.slice(0, 2).map(({ value }) => value)).toEqual(['Q23', 'Q24']);
	expect(field?.options).toHaveLength(32);
});
