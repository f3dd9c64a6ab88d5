import { describe, expect, it } from 'vitest';
import type { Clock } from '#lib/domain/clock/clock.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { Visit } from '#lib/domain/visit.ts';
import { isNear, nears } from './near.ts';
import { compare, due, isShown, matches, openVisits, type CaseOnDevice } from './work-list.ts';

const me = '01980000-0000-7000-8000-000000000001';
const look = { officerId: me, today: '2026-11-23' };

const planningCase = (changed: Partial<PlanningCase>): PlanningCase => ({
	id: '01980000-0000-7000-8000-0000000000aa',
	caseId: '01980000-0000-7000-8000-0000000000aa',
	reference: '26-00012-HAPP',
	provisionalLabel: null,
	previousReferences: ['26-00012-FUL'],
	applicationType: 'pp.full.householder',
	status: 'received',
	description: 'Rear extension with a flat roof',
	address: '12 Coldharbour Lane, London',
	uprn: '100021890001',
	postcode: 'SW9 8SE',
	town: 'London',
	ward: null,
	point: null,
	boundary: null,
	statedArea: null,
	receivedOn: '2026-11-02',
	source: 'PlanX',
	assignedTo: me,
	gaps: [],
	accessNote: '',
	createdAt: '2026-11-02T09:00:00.000Z',
	writers: {},
	...changed
});

const visit = (changed: Partial<Visit>): Visit => ({
	id: '01980000-0000-7000-8000-0000000000bb',
	caseId: '01980000-0000-7000-8000-0000000000aa',
	officerId: me,
	state: 'planned',
	plannedFor: '2026-11-23',
	plannedTime: '',
	purpose: 'Check the boundary wall',
	access: '',
	startedAt: null,
	finishedAt: null,
	outcome: null,
	summary: '',
	writers: {},
	...changed
});

const row = (changed: Partial<CaseOnDevice> = {}): CaseOnDevice => ({
	case: planningCase({}),
	visits: [],
	clock: null,
	unsentCount: 0,
	needsMe: false,
	changes: 0,
	...changed
});

describe('searching the cases on this tablet', () => {
	it.each(['coldharbour', 'REAR roof', 'sw98se', '26-00012-ful', '100021890001', ''])(
		'finds a case by “%s”',
		(typed) => {
			expect(matches(row(), typed)).toBe(true);
		}
	);

	it('finds a case by what a visit to it is for', () => {
		expect(matches(row({ visits: [visit({})] }), 'boundary wall')).toBe(true);
	});

	it('wants every word', () => {
		expect(matches(row(), 'coldharbour garage')).toBe(false);
	});
});

describe('visits due', () => {
	it.each([
		[visit({ state: 'started', plannedFor: '2026-11-20' }), 'going-on'],
		[visit({ plannedFor: '2026-11-22' }), 'overdue'],
		[visit({}), 'today'],
		[visit({ plannedFor: '2026-11-24' }), 'later']
	] as const)('tells %#', (one, expected) => {
		expect(due(one, look.today)).toBe(expected);
	});

	it('are this officer’s own, not done yet, the soonest first', () => {
		const visits = [
			visit({ id: '1', plannedFor: '2026-12-01' }),
			visit({ id: '2', plannedFor: '2026-11-25' }),
			visit({ id: '3', state: 'finished' }),
			visit({ id: '4', state: 'cancelled' }),
			visit({ id: '5', officerId: 'somebody else' })
		];
		expect(openVisits(visits, me).map(({ id }) => id)).toEqual(['2', '1']);
	});
});

/** Due so; the rest of a clock is nothing to a list. */
const clock = (due: string): Clock => ({
	id: 'statutory',
	key: 'statutory',
	words: 'Decide by',
	rule: '',
	base: { words: '', on: null },
	due,
	source: '',
	status: 'established',
	ask: null,
	working: [],
	state: 'running',
	consequence: null
});

describe('time left', () => {
	it.each([
		['2026-11-22', ['any', 'overdue']],
		['2026-11-23', ['any', 'week', 'three-weeks']],
		['2026-11-30', ['any', 'week', 'three-weeks']],
		['2026-12-01', ['any', 'three-weeks']],
		['2026-12-14', ['any', 'three-weeks']],
		['2026-12-15', ['any']],
		[null, ['any', 'none']]
	])('due on %s on 23 November', (day, expected) => {
		const one = day === null ? null : clock(day);
		expect(nears.filter((near) => isNear(one, near, look.today))).toEqual(expected);
	});

	it('puts the least time left first, and what has no clock last', () => {
		const rows = [
			row({ case: planningCase({ reference: 'none' }) }),
			row({ case: planningCase({ reference: 'later' }), clock: clock('2026-12-24') }),
			row({ case: planningCase({ reference: 'overdue' }), clock: clock('2026-11-01') })
		].sort(compare('time-left', look));
		expect(rows.map((one) => one.case.reference)).toEqual(['overdue', 'later', 'none']);
	});
});

describe('choosing and sorting', () => {
	it('shows under each heading what belongs there', () => {
		const other = row({ case: planningCase({ assignedTo: null }), changes: 2, unsentCount: 1 });
		expect(isShown(row(), 'mine', look)).toBe(true);
		expect(isShown(other, 'mine', look)).toBe(false);
		expect(isShown(other, 'changed', look)).toBe(true);
		expect(isShown(other, 'unsent', look)).toBe(true);
		expect(isShown(other, 'visits', look)).toBe(false);
		expect(isShown(row({ visits: [visit({})] }), 'visits', look)).toBe(true);
		expect(isShown(other, 'all', look)).toBe(true);
	});

	it('puts the next visit first, then goes by reference', () => {
		const rows = [
			row({ case: planningCase({ reference: '26-00100-HAPP' }) }),
			row({ case: planningCase({ reference: '26-00020-HAPP' }) }),
			row({ case: planningCase({ reference: '26-00300-HAPP' }), visits: [visit({})] })
		].sort(compare('visit', look));
		expect(rows.map((one) => one.case.reference)).toEqual([
			'26-00300-HAPP',
			'26-00020-HAPP',
			'26-00100-HAPP'
		]);
	});
});
