import { describe, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { act, aFile, caseId, envelope, jo, perform, rae, tess } from '../one-case.fixture.ts';
import type { CaseFile } from '../case-file.ts';

const edit = (value: string, by: Officer) =>
	envelope(
		'edit-record',
		{ kind: 'case', id: caseId, fields: { description: { base: null, value } } },
		by
	);
const first = edit('Two storeys', tess);
const disputed = [first, edit('Three storeys', rae), edit('A bungalow', jo)].reduce(
	(file, sent) => perform(file, sent).file,
	aFile()
);
const [three, bungalow] = disputed.all('conflict').map(({ id }) => id);
const choose = (file: CaseFile, conflictId: string | undefined, chose: string, value: unknown) =>
	act(file, 'resolve-conflict', { conflictId, chose, value }, rae);

describe('choosing between two values', () => {
	test('the second becomes the value, and the timeline has all three', () => {
		const { file, outcome } = choose(disputed, three, 'second', 'Three storeys');
		expect([outcome, file.case?.description]).toEqual(['applied', 'Three storeys']);
		expect(file.get('conflict', three ?? '')?.resolved).toMatchObject({
			by: rae.id,
			chose: 'second'
		});
		expect(file.all('event').at(-1)).toMatchObject({
			type: 'conflict-resolved',
			detail: { standing: 'Two storeys', second: 'Three storeys', value: 'Three storeys' }
		});
	});

	test('what stands may stay, or a third value be written', () => {
		expect(choose(disputed, three, 'standing', 'Two storeys').file.case?.description).toBe(
			'Two storeys'
		);
		expect(choose(disputed, three, 'other', 'A tower').file.case?.description).toBe('A tower');
	});

	test('an edit made before the choice does not undo it', () => {
		const { file } = choose(disputed, three, 'second', 'Three storeys');
		const late = perform(file, {
			...edit('Two storeys, brick', tess),
			payload: {
				kind: 'case',
				id: caseId,
				fields: { description: { base: first.id, value: 'Two storeys, brick' } }
			}
		});
		expect([late.outcome, late.file.case?.description]).toEqual(['conflict', 'Three storeys']);
	});

	test('the other conflict about the same field shows what stands now', () => {
		const { file } = choose(disputed, three, 'second', 'Three storeys');
		expect(file.get('conflict', bungalow ?? '')).toMatchObject({
			standing: { value: 'Three storeys', by: rae.id },
			second: { value: 'A bungalow' },
			resolved: null
		});
	});

	test('a choice upon a value that has changed since is refused', () => {
		const { file } = choose(disputed, three, 'second', 'Three storeys');
		expect(choose(file, bungalow, 'standing', 'Two storeys').code).toBe('changed-meanwhile');
		expect(choose(file, bungalow, 'standing', 'Three storeys').outcome).toBe('applied');
	});

	test('is done once', () => {
		const { file } = choose(disputed, three, 'second', 'Three storeys');
		expect(choose(file, three, 'standing', 'Two storeys').code).toBe('already-resolved');
	});

	test('takes only a value that fits the field', () => {
		expect(choose(disputed, three, 'other', 7).code).toBe('value-not-accepted');
		expect(choose(disputed, 'nothing', 'other', 'x').code).toBe('record-unknown');
	});
});
