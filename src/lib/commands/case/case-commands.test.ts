import { describe, expect, test } from 'vitest';
import {
	act,
	ada,
	aCase,
	aFile,
	caseId,
	fileWith,
	jo,
	kit,
	rae,
	sam,
	tess,
	uuid
} from '../one-case.fixture.ts';

describe('assigning', () => {
	test('gives the case to an officer or to nobody, and says from whom', () => {
		const given = act(aFile(), 'assign-case', { officerId: sam.id }, rae);
		expect(given.file.case?.assignedTo).toBe(sam.id);
		expect(given.file.all('event')).toMatchObject([
			{ type: 'case-assigned', detail: { from: jo.id, to: sam.id } }
		]);
		expect(
			act(given.file, 'assign-case', { officerId: null }, rae).file.case?.assignedTo
		).toBeNull();
	});

	test('to who has it already changes nothing', () => {
		expect(act(aFile(), 'assign-case', { officerId: jo.id }, rae).changes).toEqual([]);
	});

	test('is refused for strangers and administrators', () => {
		expect(act(aFile(), 'assign-case', { officerId: uuid(3, 99) }, rae).code).toBe(
			'officer-unknown'
		);
		expect(act(aFile(), 'assign-case', { officerId: ada.id }, rae).code).toBe('value-not-accepted');
	});

	test('is a reviewer’s to do', () => {
		for (const officer of [jo, sam, tess, ada])
			expect(act(aFile(), 'assign-case', { officerId: sam.id }, officer).code).toBe(
				'not-permitted'
			);
	});
});

describe('filing', () => {
	const made = { case: aCase(), submission: null, people: [], documents: [], constraints: [] };
	const empty = fileWith();

	test('is the register’s alone', () => {
		expect(act(empty, 'file-case', made, 'system').file.case?.id).toBe(caseId);
		expect(act(empty, 'file-case', made, kit).code).toBe('not-permitted');
	});

	test('happens once, under the case’s own id', () => {
		const { file } = act(empty, 'file-case', made, 'system');
		expect(act(file, 'file-case', made, 'system').code).toBe('already-exists');
		const stray = { ...made, case: aCase({ id: uuid(1, 2) }) };
		expect(act(empty, 'file-case', stray, 'system').code).toBe('value-not-accepted');
	});

	test('is dated the day the application was received', () => {
		const { file } = act(empty, 'file-case', made, 'system');
		expect(file.all('event')).toMatchObject([
			{ type: 'application-submitted', effectiveOn: '2026-03-02', by: 'system' }
		]);
	});
});

describe('pinning', () => {
	test('is each officer’s own, and can be taken back', () => {
		const { file } = act(aFile(), 'pin-case', { active: true }, sam);
		expect(file.all('pin')).toMatchObject([{ officerId: sam.id, active: true }]);
		expect(act(file, 'pin-case', { active: false }, sam).file.all('pin')).toMatchObject([
			{ officerId: sam.id, active: false }
		]);
		expect(act(file, 'pin-case', { active: true }, rae).file.all('pin')).toHaveLength(2);
	});
});
