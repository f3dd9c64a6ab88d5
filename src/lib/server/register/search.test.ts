import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { aCase, caseOf, jo, sam, TestDevice, withOfficers } from './fixtures.ts';
import { Register } from './register.ts';
import { searchRegister, type SearchQuery } from './search.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let register: Register;
const ids: Record<string, string> = {};
const references: Record<string, string> = {};

const asked = (query: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
	query,
	status: [],
	type: [],
	assignedTo: null,
	gaps: false,
	sort: { by: 'received', descending: true },
	page: 1,
	pageSize: 25,
	...more
});
const found = async (query: string, more?: Partial<SearchQuery>) =>
	(await searchRegister(register, asked(query, more))).rows.map(
		(row) => Object.entries(ids).find(([, id]) => id === row.caseId)?.[0]
	);

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-search-'));
	register = withOfficers(Register.open(join(folder, 'register.sqlite')));
	const file = (name: string, made: ReturnType<typeof aCase>) => {
		ids[name] = made.case.id;
		references[name] = register.fileNewCase(made, 'system').reference;
	};
	const rye = aCase({ gaps: ['No site plan'], previousReferences: ['PP-1234567', '19/AP/0042'] });
	rye.people.push({
		id: uuidv7(),
		caseId: rye.case.id,
		role: 'applicant',
		name: 'Zoë O’Brien',
		organisation: 'Brien & Daughters',
		email: null,
		phone: null,
		address: null,
		detail: {},
		writers: {}
	});
	file('rye', rye);
	file(
		'church',
		aCase({
			address: 'St John’s Church, 7 High Street, London, SE1 9QQ',
			postcode: 'SE1 9QQ',
			description: 'Felling of one oak',
			receivedOn: '2026-01-05',
			applicationType: 'pa.part1.classA'
		})
	);
	file(
		'loft',
		aCase({
			address: '9 Rye Lane, London, SE15 3AC',
			postcode: 'SE15 3AC',
			description: 'Loft conversion with dormer',
			status: 'determined',
			receivedOn: '2026-02-01'
		})
	);
	register.performAs('system', [
		{ name: 'assign-case', caseId: ids['church'] as string, payload: { officerId: jo.id } }
	]);
});
afterAll(() => {
	register.close();
	rmSync(folder, { recursive: true });
});

describe('searching the register', () => {
	test.each([
		['26-00100', ['rye']],
		['26/00100', ['rye']],
		['100', ['rye']],
		['pp-1234567', ['rye']],
		['19/ap/0042', ['rye']],
		['SE15 3AB', ['rye']],
		['se153ab', ['rye']],
		['SE153', ['rye', 'loft']],
		['se15', ['rye', 'loft']],
		['rye lane', ['rye', 'loft']],
		['lane RYE extens', ['rye']],
		['zoe obrien', []],
		['zoe brien', ['rye']],
		['Zoë O’Br', ['rye']],
		['oak', ['church']],
		['nothing like it', []],
		['', ['rye', 'loft', 'church']]
	])('%j finds %j', async (query, expected) => {
		expect(await found(query)).toEqual(expected);
	});

	test('its own reference finds each case, in any letter case', async () => {
		for (const [name, reference] of Object.entries(references)) {
			expect(await found(reference.toLowerCase())).toEqual([name]);
			expect(register.caseIdFor(` ${reference.toLowerCase()} `)).toBe(ids[name]);
		}
		expect(register.caseIdFor('19/ap/0042')).toBe(ids['rye']);
		expect(register.caseIdFor('26-99999-XXX')).toBeNull();
	});

	test.each([
		'"',
		'*',
		'rye"',
		'a OR b',
		'NEAR(rye lane)',
		'-',
		'address:rye',
		"' or 1=1 --",
		'(',
		'\u0000'
	])('%j is taken as words', async (query) => {
		await expect(searchRegister(register, asked(query))).resolves.toHaveProperty('rows');
	});

	test('filters narrow, alone and together', async () => {
		expect(await found('', { status: ['determined'] })).toEqual(['loft']);
		expect(await found('rye', { status: ['received', 'invalid'] })).toEqual(['rye']);
		expect(await found('', { type: ['pa.part1.classA'] })).toEqual(['church']);
		expect(await found('', { assignedTo: jo.id })).toEqual(['church']);
		expect(await found('', { assignedTo: 'nobody' })).toEqual(['rye', 'loft']);
		expect(await found('', { gaps: true })).toEqual(['rye']);
		expect(await found('rye', { assignedTo: jo.id })).toEqual([]);
	});

	test('sorts and pages with the total', async () => {
		const byAddress = { by: 'address', descending: false } as const;
		expect(await found('', { sort: byAddress })).toEqual(['rye', 'loft', 'church']);
		const second = asked('', { sort: byAddress, page: 2, pageSize: 2 });
		expect(await searchRegister(register, second)).toMatchObject({
			total: 3,
			page: 2,
			rows: [{ caseId: ids['church'], assignedTo: jo.id, postcode: 'SE1 9QQ' }]
		});
		expect(await found('rye', { sort: { by: 'relevance', descending: true } })).toHaveLength(2);
	});

	test('finds what an officer has just changed, and no longer what it was', async () => {
		const device = new TestDevice(register, sam);
		const caseId = caseOf(register, sam, { description: 'Pergola', postcode: null });
		ids['new'] = caseId;
		expect(await found('pergola')).toEqual(['new']);
		device.answer(device.edit(caseId, 'description', 'Gazebo', null));
		expect(await found('gazebo')).toEqual(['new']);
		expect(await found('pergola')).toEqual([]);
	});

	test('the thread that answers requests is free meanwhile', async () => {
		let turns = 0;
		const timer = setInterval(() => (turns += 1), 0);
		await Promise.all(Array.from({ length: 20 }, () => found('rye lane london')));
		clearInterval(timer);
		expect(turns).toBeGreaterThan(0);
	});
});

describe('places', () => {
	const london = { west: -0.1, south: 51.4, east: 0, north: 51.5 };

	test('a case is found by its point, and by its boundary where it has one', async () => {
		const caseId = caseOf(register, null, {
			point: null,
			boundary: {
				type: 'MultiPolygon',
				coordinates: [
					[
						[
							[-2.61, 51.45],
							[-2.6, 51.45],
							[-2.6, 51.46],
							[-2.61, 51.45]
						]
					]
				]
			}
		});
		ids['bristol'] = caseId;
		const near = { west: -2.605, south: 51.4, east: -2.5, north: 51.5 };
		expect(await found('', { within: near })).toEqual(['bristol']);
		expect(await found('', { within: { ...near, east: -2.604, west: -2.7 } })).toEqual(['bristol']);
		expect(await found('', { within: { ...near, west: -2.59 } })).toEqual([]);
		expect(await found('oak', { within: london })).toEqual(['church']);
		expect(await found('oak', { within: near })).toEqual([]);
	});

	test('a case whose site is not known is nowhere', async () => {
		ids['nowhere'] = caseOf(register, null, { point: null, description: 'Unplaced' });
		expect(await found('unplaced')).toEqual(['nowhere']);
		expect(
			await found('unplaced', { within: { west: -180, south: -90, east: 180, north: 90 } })
		).toEqual([]);
	});
});
