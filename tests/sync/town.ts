import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Officer } from '#lib/domain/officer.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';

/** A small council for the tests: who works there, and what a case of it looks like. */

export const uuid = (kind: number, n: number): string =>
	`00000000-0000-7000-8${kind.toString(16).padStart(3, '0')}-${n.toString(16).padStart(12, '0')}`;

const person = (n: number, name: string, initials: string, roles: Officer['roles']): Officer => ({
	id: uuid(1, n),
	name,
	initials,
	email: `${initials.toLowerCase()}@council.example`,
	roles,
	active: true
});

export const jo = person(1, 'Jo Banerjee', 'JB', ['case-officer']);
export const sam = person(2, 'Sam Okafor', 'SO', ['case-officer']);
export const ria = person(3, 'Ria Thorne', 'RT', ['reviewer']);
export const tom = person(4, 'Tom Ellis', 'TE', ['technician']);
export const everybody = [jo, sam, ria, tom];

export const caseId = (n: number) => uuid(2, n);

/** A storage of its own, as another tablet has. */
export const newStorage = () => ({ indexedDB: new IDBFactory(), IDBKeyRange });

export const aCase = (n: number, assignedTo: string | null): PlanningCase => ({
	id: caseId(n),
	caseId: caseId(n),
	reference: null,
	provisionalLabel: null,
	previousReferences: [],
	applicationType: 'pp.full.householder',
	status: 'received',
	description: `Extension ${n}`,
	address: `${n} Mill Lane`,
	uprn: null,
	postcode: 'SE1 1AA',
	town: 'London',
	ward: null,
	point: null,
	boundary: null,
	statedArea: null,
	receivedOn: '2026-03-03',
	source: 'paper',
	assignedTo,
	gaps: [],
	accessNote: '',
	createdAt: '2026-03-03T09:00:00.000Z',
	writers: {}
});
