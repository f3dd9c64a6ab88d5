import { expect, test } from 'vitest';
import { ada, caseId, envelope, fileWith, jo, perform, tess, uuid } from '../one-case.fixture.ts';

const form = (over: object = {}) => ({
	applicationType: 'pp.full.householder',
	address: '3 High Street, Town',
	postcode: null,
	description: 'A porch',
	receivedOn: '2026-03-02',
	applicant: { id: uuid(6, 1), name: 'Ann Reed', organisation: null, email: null, phone: null },
	agent: null,
	boundary: null,
	...over
});
const create = (over: object = {}, by = jo) =>
	perform(fileWith(), envelope('create-case', form(over), by));
const square = (west: number, south: number) => ({
	type: 'Polygon',
	coordinates: [
		[
			[west, south],
			[west + 0.001, south],
			[west + 0.001, south + 0.001],
			[west, south]
		]
	]
});

test('trap 20: a paper case with an applicant without e-mail can be saved', () => {
	const { file, outcome } = create();
	expect(outcome).toBe('applied');
	expect(file.case).toMatchObject({
		reference: null,
		provisionalLabel: `NEW-JB-${caseId.slice(-6).toUpperCase()}`,
		status: 'received',
		source: 'paper',
		assignedTo: jo.id
	});
	expect(file.all('person')).toMatchObject([{ role: 'applicant', name: 'Ann Reed', email: null }]);
	expect(file.all('event')).toMatchObject([
		{ type: 'application-submitted', effectiveOn: '2026-03-02' }
	]);
});

test('a technician’s goes to the queue of all technicians', () => {
	expect(create({}, tess).file.case?.assignedTo).toBeNull();
	expect(create({}, ada).code).toBe('not-permitted');
});

test.each([
	['a type that is not set up', { applicationType: 'pp.full.castle' }, 'type-not-configured'],
	['a retired type', { applicationType: 'pip' }, 'type-not-configured'],
	['a day to come', { receivedOn: '2026-03-04' }, 'date-in-future'],
	['no address', { address: ' ' }, 'value-not-accepted'],
	['no description', { description: '' }, 'value-not-accepted'],
	['a person without a name', { agent: { ...form().applicant, name: ' ' } }, 'value-not-accepted'],
	['a red line in the sea', { boundary: square(-30, 51) }, 'value-not-accepted']
])('%s is refused with its sentence', (_, over, code) => {
	expect(create(over).code).toBe(code);
});

test('a red line in England is kept, and the same case is not made twice', () => {
	const boundary = square(-0.1, 51.4);
	const made = create({ boundary });
	expect(made.file.case?.boundary).toEqual(boundary);
	expect(perform(made.file, envelope('create-case', form(), jo)).code).toBe('already-exists');
});
