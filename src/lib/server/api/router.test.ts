import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { SignInDoor, signInVerified } from '#lib/server/identity/sign-in.ts';
import { caseOf, jo, robin, sam, TestDevice, withOfficers } from '#lib/server/register/fixtures.ts';
import { Register } from '#lib/server/register/register.ts';
import { appRouter } from '#lib/server/router.ts';
import { createCallerFactory } from './procedure.ts';

const now = new Date('2026-03-04T10:00:00.000Z');
const ada: Officer = {
	...jo,
	id: '55555555-5555-4555-8555-555555555555',
	name: 'Ada Mensah',
	initials: 'AM',
	email: 'ada.mensah@council.example',
	roles: ['administrator']
};

let register: Register;
beforeEach(() => {
	register = withOfficers(Register.open(':memory:', { clock: () => now }));
	register.putOfficer(ada);
});

const as = (officer: Officer) =>
	createCallerFactory(appRouter)({
		council: { code: 'SWK', name: 'Southwark', host: 'x', folder: '', register },
		officer,
		requestId: 'request-1',
		now: () => now
	});

describe('pushing', () => {
	test('one command that cannot be read is set aside, and the others go through', async () => {
		const caseId = caseOf(register, jo);
		const tablet = new TestDevice(register, jo);
		const answer = await as(jo).sync.push({
			epoch: null,
			device: tablet.id,
			commands: [
				{ envelope: tablet.note(caseId, 'Gate code 4'), receipt: null },
				{ envelope: { id: uuidv7(), v: 1, name: 'from-a-broken-build' }, receipt: null },
				{ envelope: tablet.note(caseId, 'Dog in the garden'), receipt: null }
			]
		});
		if ('epochChanged' in answer) throw new Error('the epoch has changed');
		expect(answer.answers.map(({ outcome }) => outcome)).toEqual([
			'applied',
			'quarantined',
			'applied'
		]);
	});

	test('more than a push may hold is refused, whole', async () => {
		const caseId = caseOf(register, jo);
		const tablet = new TestDevice(register, jo);
		const long = 'x'.repeat(20_000);
		const commands = Array.from({ length: 15 }, () => ({
			envelope: tablet.note(caseId, long),
			receipt: null
		}));
		const before = register.head();
		await expect(
			as(jo).sync.push({ epoch: null, device: tablet.id, commands })
		).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
		await expect(
			as(jo).sync.push({
				epoch: null,
				device: tablet.id,
				commands: Array.from({ length: 51 }, () => ({
					envelope: tablet.note(caseId, 'x'),
					receipt: null
				}))
			})
		).rejects.toMatchObject({ code: 'BAD_REQUEST' });
		expect(register.head()).toBe(before);
	});

	test('a device in a loop is told to wait, and no other device is', async () => {
		const push = (device: string) => as(jo).sync.push({ epoch: null, device, commands: [] });
		const loop = uuidv7();
		for (let i = 0; i < 600; i += 1) await push(loop);
		await expect(push(loop)).rejects.toMatchObject({
			code: 'TOO_MANY_REQUESTS',
			message: expect.stringContaining('This device sends too often. Try again in ') as string
		});
		expect(await push(uuidv7())).toHaveProperty('answers', []);
	});

	test('a device’s copy stays with the officer whose it is', async () => {
		const device = uuidv7();
		expect(await as(jo).sync.registerDevice({ device })).toEqual({ letter: '' });
		await expect(as(sam).sync.registerDevice({ device })).rejects.toMatchObject({
			code: 'CONFLICT',
			message: 'This device’s copy belongs to another officer, who has to sign in.'
		});
		const cursor = { epoch: null, seq: 0, bootstrap: null };
		await expect(as(sam).sync.pull({ device, cursor })).rejects.toMatchObject({
			code: 'CONFLICT'
		});
		await expect(as(sam).sync.push({ epoch: null, device, commands: [] })).rejects.toMatchObject({
			code: 'CONFLICT'
		});
		expect(await as(jo).sync.registerDevice({ device: uuidv7() })).toEqual({ letter: 'B' });
	});
});

describe('the register', () => {
	test('opens a case by id or by reference, and keeps it on the officer’s devices for 30 days', async () => {
		const caseId = caseOf(register, sam, { status: 'in-assessment' });
		const { reference } = register.caseFile(caseId).case ?? {};
		expect(register.isInScope(jo.id, caseId)).toBe(false);
		expect(await as(jo).register.openCase({ caseId: reference?.toLowerCase() ?? '' })).toEqual({
			caseId,
			until: '2026-04-03T10:00:00.000Z'
		});
		expect(register.isInScope(jo.id, caseId)).toBe(true);
		expect(await as(jo).register.openCase({ caseId })).toHaveProperty('caseId', caseId);
		await expect(as(jo).register.openCase({ caseId: uuidv7() })).rejects.toMatchObject({
			code: 'NOT_FOUND'
		});
	});
});

describe('assigning', () => {
	test('the queue holds the cases of nobody, and what everybody has already', async () => {
		caseOf(register, jo, { status: 'in-assessment' });
		caseOf(register, jo, { status: 'determined' });
		caseOf(register, null, { status: 'determined' });
		const waiting = caseOf(register, null);
		const queue = await as(robin).assignment.queue();
		expect(queue.rows.map((row) => row.caseId)).toEqual([waiting]);
		expect(queue.workload.find((one) => one.officerId === jo.id)).toEqual({
			officerId: jo.id,
			cases: 1,
			visits: 0
		});
		const hers = await as(robin).assignment.queue({ assignedTo: jo.id });
		expect(hers.total).toBe(1);
	});

	test('each case of a bulk act has an answer of its own', async () => {
		const desk = new TestDevice(register, robin);
		const [first, second] = [caseOf(register, null), caseOf(register, null)];
		const batch = uuidv7();
		const give = (caseId: string, officerId: string) =>
			desk.envelope('assign-case', caseId, { officerId }, { batch });
		const answers = await as(robin).assignment.assign({
			commands: [give(first, jo.id), give(uuidv7(), jo.id), give(second, uuidv7())]
		});
		expect(answers.map(({ outcome, code }) => [outcome, code])).toEqual([
			['applied', null],
			['refused', 'case-unknown'],
			['refused', 'officer-unknown']
		]);
		expect(register.caseFile(first).case?.assignedTo).toBe(jo.id);
	});

	test('nobody assigns in another’s name', async () => {
		const caseId = caseOf(register, null);
		const forged = new TestDevice(register, sam).envelope('assign-case', caseId, {
			officerId: sam.id
		});
		const [answer] = await as(robin).assignment.assign({ commands: [forged] });
		expect(answer?.outcome).toBe('quarantined');
		expect(register.caseFile(caseId).case?.assignedTo).toBeNull();
	});
});

describe('officers', () => {
	const kit = { name: 'Kit Lowe', initials: 'KL', email: 'kit@council.example' };
	const password = 'three random words';

	test('an administrator adds one, who can then sign in; no answer holds a secret', async () => {
		const added = await as(ada).officers.add({ ...kit, roles: ['reviewer'], password });
		expect(added).toMatchObject({ ...kit, active: true });
		const door = new SignInDoor(true);
		expect(
			await door.byPassword(register, { email: kit.email, password }, 'a', now)
		).toHaveProperty('token');
		const list = await as(ada).officers.list();
		expect(list.find((one) => one.id === added.id)).toMatchObject({ hasPassword: true });
		expect(JSON.stringify([added, list, register.officers()])).not.toMatch(/argon2|password":"/);
	});

	test('an address belongs to one officer, whatever its capitals', async () => {
		await expect(
			as(ada).officers.add({
				...kit,
				email: 'JO.bell@council.example',
				roles: ['reviewer'],
				password
			})
		).rejects.toMatchObject({ code: 'CONFLICT', message: /^Jo Bell already has/ });
	});

	test('whoever leaves is signed out everywhere at once, and may come back', async () => {
		const signedIn = signInVerified(register, { email: jo.email, method: 'password' }, now);
		if ('refused' in signedIn) throw new Error(signedIn.sentence);
		await as(ada).officers.deactivate({ officerId: jo.id });
		expect(new Sessions(register).resume(signedIn.token, now)).toBeNull();
		expect(
			signInVerified(register, { email: jo.email, method: 'single-sign-on' }, now)
		).toHaveProperty('refused', 'not-recognised');
		await as(ada).officers.reactivate({ officerId: jo.id });
		expect(register.officers().get(jo.id)?.active).toBe(true);
	});

	test('the last administrator stays one', async () => {
		const words = 'Ada Mensah is the only administrator. Make somebody else one first.';
		for (const act of [
			() => as(ada).officers.deactivate({ officerId: ada.id }),
			() => as(ada).officers.setRoles({ officerId: ada.id, roles: ['reviewer'] })
		])
			await expect(act()).rejects.toMatchObject({ code: 'CONFLICT', message: words });
		await as(ada).officers.setRoles({ officerId: sam.id, roles: ['administrator'] });
		expect(await as(ada).officers.deactivate({ officerId: ada.id })).toHaveProperty(
			'active',
			false
		);
	});
});
