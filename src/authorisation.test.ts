import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '#lib/domain/officer.ts';
import { permissions } from '#lib/domain/permissions.ts';
import { createCallerFactory } from '#lib/server/api/procedure.ts';
import { aCase, TestDevice } from '#lib/server/register/fixtures.ts';
import { appRouter } from '#lib/server/router.ts';
import {
	camden,
	eventFor,
	removeCouncils,
	signedIn,
	southwark,
	twoCouncils
} from '#lib/server/api/fixtures.ts';

const everybody: readonly Role[] = roles;
const teamLeader: readonly Role[] = ['reviewer'];
const administrator: readonly Role[] = ['administrator'];
const intake: readonly Role[] = ['technician', 'reviewer', 'administrator'];

const device = uuidv7();
const somebody = uuidv7();
const cursor = { epoch: null, seq: 0, bootstrap: null };
const search = { query: 'Rye Lane', status: [], type: [], assignedTo: null };
const password = 'three random words';

/**
 * Every procedure, who may call it, and an input it understands. A procedure that is not
 * here fails the first test: nothing reaches the register without somebody deciding who may.
 */
const expected: Record<string, { may: readonly Role[]; input?: unknown }> = {
	'sync.push': { may: everybody, input: { epoch: null, device, commands: [] } },
	'sync.pull': { may: everybody, input: { device, cursor } },
	'sync.neverReceived': { may: everybody, input: { device, numbers: [[1, 3]], pictures: [] } },
	'sync.registerDevice': { may: everybody, input: { device } },
	'register.search': { may: everybody, input: search },
	'register.openCase': { may: everybody, input: { caseId: '26-00100-HAPP' } },
	'assignment.queue': { may: teamLeader, input: {} },
	'assignment.assign': { may: teamLeader, input: 'an assign-case of its own for each officer' },
	'acts.perform': { may: everybody, input: 'an act of its own for each officer' },
	'intake.list': { may: intake, input: { states: [], page: 1, pageSize: 25 } },
	'intake.read': { may: intake, input: { id: somebody } },
	'intake.mend': { may: administrator, input: { id: somebody, text: '{}' } },
	'intake.retry': { may: administrator, input: { id: somebody } },
	'intake.decideResubmission': {
		may: intake,
		input: { id: somebody, decision: 'set-aside', reason: 'Sent twice' }
	},
	'intake.retire': { may: administrator, input: { id: somebody, reason: 'Asked to erase' } },
	'erasure.records': {
		may: administrator,
		input: { caseId: somebody, things: [{ kind: 'note', id: somebody }], reason: 'Asked to erase' }
	},
	'deviceLocks.list': { may: administrator },
	'deviceLocks.set': { may: administrator, input: { device: somebody, standing: 'locked' } },
	'keys.enrol': { may: everybody, input: { device } },
	'keys.vouch': { may: everybody, input: { device, box: 'AAAA' } },
	'keys.lease': { may: everybody, input: { device, pinWasRight: false } },
	'keys.wrongPin': { may: everybody, input: { device } },
	'keys.recover': { may: everybody, input: { device, box: 'AAAA' } },
	'calendar.state': { may: everybody },
	'calendar.create': { may: everybody },
	'calendar.revoke': { may: everybody },
	'quarantine.list': { may: teamLeader, input: { state: null } },
	'quarantine.accept': { may: teamLeader, input: { id: somebody } },
	'quarantine.decline': { may: teamLeader, input: { id: somebody, reason: 'Not ours' } },
	'officers.list': { may: administrator },
	'officers.add': {
		may: administrator,
		input: { name: 'New', initials: 'NN', email: 'n@x.example', roles: ['reviewer'], password }
	},
	'officers.setRoles': { may: administrator, input: { officerId: somebody, roles: ['reviewer'] } },
	'officers.deactivate': { may: administrator, input: { officerId: somebody } },
	'officers.reactivate': { may: administrator, input: { officerId: somebody } },
	'officers.setPassword': { may: administrator, input: { officerId: somebody, password } },
	'devices.list': { may: administrator },
	'devices.restored': { may: ['reviewer', 'administrator'] },
	'devices.seenAlarm': { may: administrator, input: { id: 1 } }
};

const procedures = appRouter._def.procedures as unknown as Record<
	string,
	{ _def: { type: 'query' | 'mutation'; meta?: { allowed?: string } } }
>;
const paths = Object.keys(procedures).sort();

let ask: (
	host: string,
	path: string,
	token?: string,
	input?: unknown
) => Promise<{ status: number; answer: unknown }>;
let councils: Record<'own' | 'other', Parameters<typeof signedIn>[0]>;

beforeAll(async () => {
	await twoCouncils();
	const { handle } = await import('./hooks.server.ts');
	const { POST } = await import('./routes/api/trpc/[...path]/+server.ts');
	const { running } = await import('#lib/server/process.ts');
	const { installation } = running();
	const [own, other] = [installation.council('SWK'), installation.council('CMD')];
	if (own === undefined || other === undefined) throw new Error('a council is missing');
	councils = { own, other };
	own.register.fileNewCase(aCase(), 'system');

	ask = async (host, path, token, input) => {
		const origin = `https://${host}`;
		const event = eventFor(`${origin}/api/trpc/${path}`, {
			method: 'POST',
			headers: { origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
			body: JSON.stringify(input ?? null),
			route: '/api/trpc/[...path]',
			params: { path },
			...(token === undefined ? {} : { token })
		});
		const response = await handle({
			event,
			resolve: (one) => Promise.resolve(POST(one as Parameters<typeof POST>[0]))
		});
		return { status: response.status, answer: await response.json() };
	};
});

afterAll(removeCouncils);

const inputOf = (path: string, role: Role) => {
	if (path !== 'assignment.assign' && path !== 'acts.perform') return expected[path]?.input;
	const { register } = councils.own;
	const { officer } = signedIn(councils.own, role);
	const caseId = register.caseIdFor('26-00100-HAPP') ?? '';
	const browser = new TestDevice(register, officer);
	const envelope = browser.envelope('assign-case', caseId, { officerId: null });
	return path === 'acts.perform' ? { command: envelope } : { commands: [envelope] };
};

test('every procedure of the router says who may call it, and is in this table', () => {
	expect(paths).toEqual(Object.keys(expected).sort());
	for (const path of paths) {
		const allowed = procedures[path]?._def.meta?.allowed ?? 'nothing';
		expect(['signed-in', ...Object.keys(permissions)], path).toContain(allowed);
	}
});

describe.each(paths)('%s', (path) => {
	test('answers nobody without a session', async () => {
		const { status } = await ask(southwark, path, undefined, inputOf(path, 'reviewer'));
		expect(status).toBe(401);
		expect((await ask(southwark, path, 'a'.repeat(43))).status).toBe(401);
	});

	test.each(roles)('a %s of another council is nobody here', async (role) => {
		const { token } = signedIn(councils.other, role);
		expect((await ask(southwark, path, token, inputOf(path, role))).status).toBe(401);
		expect((await ask(camden, 'register.search', token, search)).status).toBe(200);
	});

	test.each(roles)('a %s is answered by the table', async (role) => {
		const { token } = signedIn(councils.own, role);
		const { status, answer } = await ask(southwark, path, token, inputOf(path, role));
		const allowed = expected[path]?.may.includes(role) === true;
		// an unknown id is a 404 or 409 for those who may ask; others do not learn even that
		if (allowed) expect([200, 404, 409], JSON.stringify(answer)).toContain(status);
		else expect(status, JSON.stringify(answer)).toBe(403);
	});

	test('a field too many is refused, not ignored', async () => {
		const role = expected[path]?.may[0] ?? 'reviewer';
		const input = inputOf(path, role);
		if (typeof input !== 'object') return expect(input).toBeUndefined();
		const { token } = signedIn(councils.own, role);
		const { status } = await ask(southwark, path, token, { ...input, active: true });
		return expect(status).toBe(400);
	});
});

test('an officer who has left is nobody at once, on every route and in every procedure', async () => {
	const { handle } = await import('./hooks.server.ts');
	const { officer, token } = signedIn(councils.own, 'technician');
	const here = async () => {
		const event = eventFor(`https://${southwark}/api/photos/x/original`, { token });
		await handle({ event, resolve: () => new Response() });
		return event.locals.officer;
	};
	expect(await here()).toEqual(officer);
	const left = { ...officer, active: false };
	councils.own.register.putOfficer(left);
	expect(await here()).toBeNull();
	const caller = createCallerFactory(appRouter)({
		council: councils.own,
		officer: left,
		requestId: 'x',
		now: () => new Date()
	});
	await expect(caller.register.search(search)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
	councils.own.register.putOfficer(officer);
});

test('a fault in the program shows a sentence and a number, and nothing of its inside', async () => {
	const { token } = signedIn(councils.own, 'reviewer');
	const { sqlite } = councils.own.register.connection;
	sqlite.exec('alter table planning_case rename to planning_case_away');
	try {
		const { status, answer } = await ask(southwark, 'assignment.queue', token, {});
		expect(status).toBe(500);
		expect(JSON.stringify(answer)).toMatch(/give your administrator this number: [0-9a-f-]{36}/);
		expect(JSON.stringify(answer)).not.toMatch(/planning_case|SQL|\.ts|stack/i);
	} finally {
		sqlite.exec('alter table planning_case_away rename to planning_case');
	}
});
