import ICAL from 'ical.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aCase, jo, sam, withOfficers } from '../register/fixtures.ts';
import { Register } from '../register/register.ts';
import { CalendarFeeds } from './calendar-feeds.ts';
import { officerCalendar } from './officer-calendar.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = new Date('2026-03-05T10:00:00.000Z');
let register: Register;

beforeEach(() => {
	register = withOfficers(Register.open(':memory:', { clock: () => now }));
});
afterEach(() => register.close());

const file = (over: Parameters<typeof aCase>[0]) => register.fileNewCase(aCase(over), 'system');
const text = () => officerCalendar(register, jo, 'https://planning.example', now);
/** Read by a program that is not the one that wrote it. */
const read = () =>
	new ICAL.Component(ICAL.parse(text()) as unknown[])
		.getAllSubcomponents('vevent')
		.map((one) => new ICAL.Event(one))
		.sort((a, b) => a.summary.localeCompare(b.summary));

test('has each clock of the officer’s own cases on its whole day, and nothing of others’', () => {
	const { reference, caseId } = file({ assignedTo: jo.id });
	file({ assignedTo: sam.id });
	file({ assignedTo: null });
	file({ assignedTo: jo.id, status: 'withdrawn' });
	const [only, ...more] = read();
	expect(more).toEqual([]);
	expect(only).toMatchObject({
		summary: `Validate by: ${reference}`,
		location: '1 Rye Lane, London, SE15 3AB',
		uid: `${caseId}.validate@bops`
	});
	expect(only?.startDate.isDate).toBe(true);
	expect(only?.startDate.toString()).toBe('2026-03-10');
	expect(only?.description).toContain(`https://planning.example/cases/${caseId}/clocks`);
});

test('follows what is agreed, under the same entry only where it is the same clock', () => {
	const { caseId } = file({ assignedTo: jo.id, receivedOn: '2026-03-02' });
	register.performAs(jo.id, [
		{
			name: 'record-act',
			caseId,
			payload: { act: 'validate', effectiveOn: '2026-03-03', reason: '' }
		},
		{
			name: 'record-publicity',
			caseId,
			payload: { kind: 'site-notice', on: '2026-03-04', words: '' }
		}
	]);
	const days = () => read().map((one) => [one.summary.split(':')[0], one.startDate.toString()]);
	expect(days()).toEqual([
		['Decide by', '2026-04-28'],
		['Not to be decided before', '2026-03-25'],
		['Site notice ends', '2026-03-24']
	]);
	register.performAs(jo.id, [
		{
			name: 'agree-time',
			caseId,
			payload: {
				kind: 'extension',
				agreedOn: '2026-03-05',
				until: '2026-05-29',
				words: 'E-mail'
			}
		}
	]);
	expect(days()[0]).toEqual(['Decide by, as agreed', '2026-05-29']);
});

test('is RFC 5545: lines end in CRLF and are no longer than 75 octets, and commas are escaped', () => {
	file({
		assignedTo: jo.id,
		address: `Ä Straße; 1, \\ ${'Cwrt y Frân '.repeat(12)}`,
		receivedOn: '2028-02-22'
	});
	const lines = text().split('\r\n');
	expect(text().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	for (const line of lines) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
	expect(text()).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:/);
	const [only] = read();
	expect(only?.location).toBe(`Ä Straße; 1, \\ ${'Cwrt y Frân '.repeat(12)}`);
	// over the leap day
	expect(only?.startDate.toString()).toBe('2028-02-29');
});

test('an officer with no case has a calendar with no entry', () => {
	expect(read()).toEqual([]);
});

test('a newer list of bank holidays moves a day that is counted in working days', () => {
	file({ assignedTo: jo.id });
	const { days } = holidays2026();
	register.setSetting(
		'bank-holidays',
		{ ...holidays2026(), days: [...days, { on: '2026-03-09', name: 'A day of mourning' }] },
		'system'
	);
	expect(read()[0]?.startDate.toString()).toBe('2026-03-11');
});
const holidays2026 = () => ({
	version: '2026-03-04',
	source: 'GOV.UK',
	from: 2026,
	to: 2026,
	days: [...register.bankHolidays().ofYear(2026)].map(([on, name]) => ({ on, name }))
});

test('the secret of an address is kept as a hash, works until revoked, and one replaces another', () => {
	const feeds = new CalendarFeeds(register);
	const first = feeds.create(jo.id, now);
	expect(first).toMatch(/^[\w-]{43}$/);
	const kept = JSON.stringify(
		register.connection.sqlite.prepare('select * from calendar_feed').all()
	);
	expect(kept).not.toContain(first);
	expect(feeds.officerFor(first, now)).toEqual(jo);
	expect(feeds.of(jo.id)?.lastUsedAt).toBe(now.toISOString());
	const second = feeds.create(jo.id, now);
	expect(feeds.officerFor(first, now)).toBeNull();
	expect(feeds.officerFor(second, now)).toEqual(jo);
	expect(feeds.revoke(jo.id, now)).toBe(true);
	expect(feeds.revoke(jo.id, now)).toBe(false);
	expect(feeds.officerFor(second, now)).toBeNull();
	expect(feeds.of(jo.id)).toBeNull();
	for (const wrong of ['', 'mine', second.slice(1)])
		expect(feeds.officerFor(wrong, now)).toBeNull();
});

test('the address of an officer who has left gives nothing', () => {
	const token = new CalendarFeeds(register).create(jo.id, now);
	register.putOfficer({ ...jo, active: false });
	expect(new CalendarFeeds(register).officerFor(token, now)).toBeNull();
});
