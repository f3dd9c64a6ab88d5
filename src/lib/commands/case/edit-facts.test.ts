import { expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import {
	aFile,
	caseId,
	envelope,
	fileWith,
	perform,
	rae,
	tess,
	uuid
} from '../one-case.fixture.ts';

const record = (field: string, value: unknown, base: string | null = null, by: Officer = tess) =>
	envelope('edit-record', { kind: 'facts', id: caseId, fields: { [field]: { base, value } } }, by);
const find = (id: string, value: unknown, by: Officer = tess) =>
	envelope('edit-record', { kind: 'finding', id, fields: { value: { base: null, value } } }, by);
const liable = { liability: 'liable', note: '' };

test('the first fact of a case begins its record, and says who recorded it', () => {
	const sent = record('cil', liable);
	const { file, outcome } = perform(aFile(), sent);
	expect(outcome).toBe('applied');
	expect(file.get('facts', caseId)).toMatchObject({ cil: liable, writers: { cil: sent.id } });
	expect(file.get('event', sent.id)).toMatchObject({ by: tess.id, type: 'edited' });
});

test('two officers who record a fact apart both keep theirs, and it blocks the decision', () => {
	const { file } = perform(aFile(), record('cil', liable));
	const second = perform(file, record('cil', { liability: 'not-liable', note: '' }, null, rae));
	expect(second.outcome).toBe('conflict');
	expect(second.file.get('facts', caseId)?.cil).toEqual(liable);
	expect(second.file.all('conflict')).toMatchObject([{ field: 'cil', blocksDecision: true }]);
	expect(perform(file, record('cil', liable, null, rae)).outcome).toBe('merged');
});

test('a fact is taken back by the value that stood before', () => {
	const first = record('cil', liable);
	const { file } = perform(aFile(), first);
	const undone = perform(file, record('cil', null, first.id));
	expect([undone.outcome, undone.file.get('facts', caseId)?.cil]).toEqual(['applied', null]);
});

test('a fact that fails its own check is refused with a sentence, and one of another shape too', () => {
	const certificate = { certificate: 'b', noticeOn: null, newspaperOn: null, note: '' };
	expect(perform(aFile(), record('ownership', certificate))).toMatchObject({
		outcome: 'refused',
		code: 'value-not-accepted',
		detail: expect.stringContaining('Certificate B needs the day') as string
	});
	expect(
		perform(aFile(), record('ownership', { ...certificate, noticeOn: '2026-03-04' })).detail
	).toBe('The day of the notice is in the future.');
	expect(perform(aFile(), record('cil', 'yes')).detail).toBe('Community infrastructure levy');
});

test('a finding is kept under its task, needs its words, and belongs to its own case', () => {
	const right = { outcome: 'right', note: '', seen: 'x' };
	const { file, outcome } = perform(aFile(), find(`${caseId}:boundary`, right));
	expect(outcome).toBe('applied');
	expect(file.all('finding')).toMatchObject([{ task: 'boundary', value: right }]);
	expect(
		perform(aFile(), find(`${caseId}:boundary`, { ...right, outcome: 'not-right' })).detail
	).toMatch(/Say what is not right/);
	for (const id of [`${uuid(1, 2)}:boundary`, `${caseId}:`, `${caseId}:No Such`])
		expect(perform(aFile(), find(id, right)).code, id).toBe('record-unknown');
	expect(perform(fileWith(), find(`${caseId}:boundary`, right)).outcome).toBe('refused');
});
