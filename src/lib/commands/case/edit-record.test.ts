import { describe, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import {
	ada,
	aFile,
	act,
	caseId,
	envelope,
	jo,
	perform,
	rae,
	sam,
	tess,
	uuid
} from '../one-case.fixture.ts';
import type { CaseFile } from '../case-file.ts';

const edit = (field: string, value: unknown, base: string | null = null, by: Officer = tess) =>
	envelope('edit-record', { kind: 'case', id: caseId, fields: { [field]: { base, value } } }, by);

const plan = uuid(5, 1);
const document: TypedRecord = {
	kind: 'document',
	record: {
		id: plan,
		caseId,
		name: 'plan.pdf',
		tags: ['locationPlan'],
		description: '',
		drawingNumber: null,
		sourceUrl: null,
		receivedOn: '2026-03-02',
		sha256: null,
		mime: null,
		size: null,
		bytesReceivedAt: null,
		fetchProblem: null,
		publicRegisterStatus: 'not-assessed',
		writers: {}
	}
};
const tags = (value: string[], base: string | null = null) =>
	envelope('edit-record', { kind: 'document', id: plan, fields: { tags: { base, value } } }, tess);

const conflicts = (file: CaseFile) => file.all('conflict').filter((one) => one.resolved === null);

describe('S16 an edit names the writer it saw', () => {
	test('the first edit of a field goes in, and leaves its name as the writer', () => {
		const sent = edit('accessNote', 'Key at number 3');
		const { file, outcome } = perform(aFile(), sent);
		expect(outcome).toBe('applied');
		expect(file.case).toMatchObject({
			accessNote: 'Key at number 3',
			writers: { accessNote: sent.id }
		});
		expect(file.all('event')).toMatchObject([
			{
				type: 'edited',
				by: tess.id,
				detail: { before: { accessNote: '' }, after: { accessNote: 'Key at number 3' } }
			}
		]);
	});

	test('the next edit, by somebody who saw it, goes in too', () => {
		const first = edit('accessNote', 'Dog');
		const { file } = perform(aFile(), first);
		const result = perform(file, edit('accessNote', 'Dog, friendly', first.id, rae));
		expect([result.outcome, result.file.case?.accessNote]).toEqual(['applied', 'Dog, friendly']);
	});

	test('the same edit come twice is done once', () => {
		const sent = edit('accessNote', 'Dog');
		const { file } = perform(aFile(), sent);
		expect(perform(file, sent).changes).toEqual([]);
	});
});

describe('S17 two edits of one field of which neither saw the other', () => {
	const first = edit('description', 'Two storeys', null, tess);
	const once = perform(aFile(), first).file;
	const second = edit('description', 'Three storeys', null, rae);
	const twice = perform(once, second);

	test('leave the first standing and keep the second beside it', () => {
		expect(twice.outcome).toBe('conflict');
		expect(twice.file.case?.description).toBe('Two storeys');
		expect(conflicts(twice.file)).toMatchObject([
			{
				field: 'description',
				standing: { value: 'Two storeys', command: first.id, by: tess.id },
				second: { value: 'Three storeys', command: second.id, by: rae.id },
				blocksDecision: true
			}
		]);
	});

	test('block the decision only for a statutory field', () => {
		const noted = perform(aFile(), edit('accessNote', 'Dog')).file;
		const other = perform(noted, edit('accessNote', 'Gate', null, rae)).file;
		expect(conflicts(other)).toMatchObject([{ field: 'accessNote', blocksDecision: false }]);
	});

	test('make no further conflict when the second author goes on writing', () => {
		const on = perform(twice.file, edit('description', 'Three storeys, flat roof', second.id, rae));
		expect(on.outcome).toBe('conflict');
		expect(conflicts(on.file)).toMatchObject([{ second: { value: 'Three storeys, flat roof' } }]);
		const further = (
			on.changes.find(({ kind }) => kind === 'conflict')?.record as { second: { command: string } }
		).second.command;
		const again = perform(on.file, edit('description', 'Three storeys, green roof', further, rae));
		expect(conflicts(again.file)).toHaveLength(1);
	});

	test('make a conflict each for two who came second', () => {
		const third = perform(twice.file, edit('description', 'A bungalow', null, ada));
		expect(third.outcome).toBe('quarantined');
		const reviewer = perform(twice.file, edit('description', 'A bungalow', null, jo));
		expect(conflicts(reviewer.file)).toHaveLength(2);
	});

	test('keep showing what stands, when that is written on', () => {
		const on = perform(twice.file, edit('description', 'Two storeys, brick', first.id, tess));
		expect(on.outcome).toBe('applied');
		expect(conflicts(on.file)).toMatchObject([
			{ standing: { value: 'Two storeys, brick' }, second: { value: 'Three storeys' } }
		]);
	});

	test('agree when both wrote the same', () => {
		const same = perform(once, edit('description', 'Two storeys', null, rae));
		expect(same.outcome).toBe('merged');
		expect(same.file.case?.writers['description']).toBe(first.id);
		expect(conflicts(same.file)).toEqual([]);
	});

	test('agree, and what their second author writes on it goes in', () => {
		const agreed = edit('description', 'Two storeys', null, rae);
		const { file } = perform(once, agreed);
		const on = perform(file, edit('description', 'Two storeys, slate', agreed.id, rae));
		expect([on.outcome, on.file.case?.description]).toEqual(['applied', 'Two storeys, slate']);
	});

	test('let the other fields of the same edit in', () => {
		const both = envelope(
			'edit-record',
			{
				kind: 'case',
				id: caseId,
				fields: {
					description: { base: null, value: 'Three storeys' },
					accessNote: { base: null, value: 'Gate' }
				}
			},
			rae
		);
		const result = perform(once, both);
		expect(result.outcome).toBe('conflict');
		expect(result.file.case).toMatchObject({ description: 'Two storeys', accessNote: 'Gate' });
	});
});

describe('sets are united', () => {
	const file = aFile().with([document]);
	test('what either added stays', () => {
		const one = tags(['locationPlan', 'sitePlan.existing']);
		const { file: after } = perform(file, one);
		const result = perform(after, tags(['locationPlan', 'sitePlan.proposed']));
		expect(result.outcome).toBe('merged');
		expect(result.file.get('document', plan)?.tags).toEqual([
			'locationPlan',
			'sitePlan.existing',
			'sitePlan.proposed'
		]);
		expect(conflicts(result.file)).toEqual([]);
	});

	test('add wins over remove, and one who saw everything may remove', () => {
		const one = tags([]);
		const { file: after } = perform(file, one);
		expect(after.get('document', plan)?.tags).toEqual([]);
		const result = perform(after, tags(['locationPlan', 'elevations.existing']));
		expect(result.file.get('document', plan)?.tags).toEqual([
			'locationPlan',
			'elevations.existing'
		]);
	});
});

describe('what cannot be edited', () => {
	test.each([
		['status', 'determined', 'field-not-editable'],
		['reference', 'X', 'field-not-editable'],
		['__proto__', 'X', 'field-not-editable'],
		['constructor', 'X', 'field-not-editable'],
		['uprn', '1234567890123', 'value-not-accepted'],
		['description', 7, 'value-not-accepted'],
		['point', { longitude: 500, latitude: 1 }, 'value-not-accepted']
	])('%s to %j is refused: %s', (field, value, code) => {
		const payload = JSON.parse(
			`{"kind":"case","id":"${caseId}","fields":{"${field}":{"base":null,"value":${JSON.stringify(value)}}}}`
		) as unknown;
		const result = act(aFile(), 'edit-record', payload);
		expect([result.outcome, result.code]).toEqual(
			field === '__proto__' ? ['quarantined', 'payload-not-understood'] : ['refused', code]
		);
	});

	test('nothing at all is no edit', () => {
		expect(act(aFile(), 'edit-record', { kind: 'case', id: caseId, fields: {} }).code).toBe(
			'payload-not-understood'
		);
	});

	test('a record that is not on the case', () => {
		const lost = { kind: 'note', id: uuid(7, 7), fields: { text: { base: null, value: 'x' } } };
		expect(act(aFile(), 'edit-record', lost).code).toBe('record-unknown');
	});

	test('what an officer wrote on a case that has passed to another is kept for the team leader', () => {
		const result = perform(aFile(), edit('accessNote', 'Dog', null, sam));
		expect([result.outcome, result.code]).toEqual(['quarantined', 'no-longer-assigned']);
	});
});
