import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { vi } from 'vitest';
import {
	aCase,
	caseOf,
	jo,
	sam,
	terry,
	TestDevice,
	withOfficers
} from '#lib/server/register/fixtures.ts';
import { Register } from '#lib/server/register/register.ts';
import { EventStreams } from './event-streams.ts';
import { nudgeOnChange } from './nudges.ts';

let register: Register;
let told: { head: number; concerns: string[] | null }[];

beforeEach(() => {
	vi.useFakeTimers();
	register = withOfficers(Register.open(':memory:'));
	told = [];
	const streams = new EventStreams();
	streams.count = () => 1;
	streams.tell = (_, head, concerns) =>
		told.push({ head, concerns: concerns === null ? null : [...concerns].sort() });
	const council = { code: 'SWK', name: 'Southwark', host: 'x', folder: '', register };
	nudgeOnChange(council, streams, pino({ level: 'silent' }));
	nudgeOnChange(council, streams, pino({ level: 'silent' }));
});
afterEach(() => {
	register.close();
	vi.useRealTimers();
});

const toldOf = (act: () => unknown) => {
	told = [];
	act();
	vi.advanceTimersByTime(100);
	return told;
};

test('a commit is told once, to the officers whose devices have something to fetch', () => {
	expect(toldOf(() => register.fileNewCase(aCase(), 'system'))).toEqual([
		{ head: register.head(), concerns: [terry.id] }
	]);
	let caseId = '';
	toldOf(() => (caseId = caseOf(register, jo, { status: 'in-assessment' })));
	const tablet = new TestDevice(register, jo);
	expect(toldOf(() => tablet.answer(tablet.note(caseId, 'Gate code 4')))).toEqual([
		{ head: register.head(), concerns: [jo.id] }
	]);
});

test('who loses a case hears of it too', () => {
	const caseId = caseOf(register, jo, { status: 'in-assessment' });
	vi.advanceTimersByTime(100);
	const to = (officerId: string) =>
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId } }]);
	expect(toldOf(() => to(sam.id))[0]?.concerns).toEqual([jo.id, sam.id].sort());
});

test('a change of the officers is told to everybody', () => {
	expect(toldOf(() => register.putOfficer({ ...sam, active: false }))).toEqual([
		{ head: register.head(), concerns: null }
	]);
});

test('what gives no new number is no news', () => {
	expect(toldOf(() => register.transaction(() => undefined))).toEqual([]);
});
