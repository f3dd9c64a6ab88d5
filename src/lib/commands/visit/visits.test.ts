import { describe, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { act, aFile, jo, rae, sam, uuid } from '../one-case.fixture.ts';
import type { CaseFile } from '../case-file.ts';

const id = uuid(6, 1);
const plan = { id, plannedFor: '2026-03-10', plannedTime: 'morning', purpose: '', access: 'Dog' };
const planned = act(aFile(), 'plan-visit', plan).file;
const start = (file: CaseFile, by?: Officer) => act(file, 'start-visit', { id }, by);
const finish = (file: CaseFile) => act(file, 'finish-visit', { id, outcome: 'completed' });
const cancel = (file: CaseFile) => act(file, 'cancel-visit', { id, reason: 'Rain' });
const started = start(planned).file;
const finished = finish(started).file;
const cancelled = cancel(planned).file;
const stateOf = (file: CaseFile) => file.get('visit', id)?.state;

describe('a visit', () => {
	test('is planned by the officer who goes', () => {
		expect(planned.get('visit', id)).toMatchObject({
			state: 'planned',
			officerId: jo.id,
			access: 'Dog'
		});
		expect(planned.all('event')).toMatchObject([
			{ type: 'visit-planned', effectiveOn: '2026-03-10' }
		]);
	});

	test('is started and finished, each at its time', () => {
		expect(stateOf(started)).toBe('started');
		expect(finished.get('visit', id)).toMatchObject({
			state: 'finished',
			startedAt: '2026-03-03T14:05:00.000Z',
			finishedAt: '2026-03-03T14:05:00.000Z',
			outcome: 'completed'
		});
	});

	test.each([
		['start', 'planned', planned, start, null],
		['start', 'started', started, start, 'visit-already-started'],
		['start', 'finished', finished, start, 'visit-over'],
		['start', 'cancelled', cancelled, start, 'visit-over'],
		['finish', 'planned', planned, finish, 'visit-not-started'],
		['finish', 'started', started, finish, null],
		['finish', 'finished', finished, finish, 'visit-over'],
		['finish', 'cancelled', cancelled, finish, 'visit-over'],
		['cancel', 'planned', planned, cancel, null],
		['cancel', 'started', started, cancel, 'visit-already-started'],
		['cancel', 'finished', finished, cancel, 'visit-already-started']
	] as const)('%s when %s', (_act, _state, file, act, code) => {
		expect(act(file).code).toBe(code);
	});

	test('makes the case its officer’s own to work on', () => {
		const bySam = act(aFile({ assignedTo: sam.id }), 'plan-visit', plan, sam).file;
		const moved = bySam.with([{ kind: 'case', record: { ...bySam.case!, assignedTo: jo.id } }]);
		expect(start(moved, sam).outcome).toBe('applied');
		const gone = act(moved, 'cancel-visit', { id, reason: 'Rain' }, rae).file;
		expect(start(gone, sam).code).toBe('not-your-case');
	});

	test('that is not on the case cannot be started', () => {
		expect(start(aFile()).code).toBe('record-unknown');
	});
});
