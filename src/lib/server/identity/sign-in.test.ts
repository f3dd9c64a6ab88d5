import { describe, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { audit } from '#lib/server/register/schema.ts';
import { Register } from '#lib/server/register/register.ts';
import { officerSecret, session } from './schema.ts';
import { absoluteLifetime, idleLifetime, Sessions } from './sessions.ts';
import { allowPasswordSignIn, setPassword, SignInDoor, signInVerified } from './sign-in.ts';

const jo: Officer = {
	id: '0199aaaa-0000-7000-8000-000000000001',
	name: 'Jo Bell',
	initials: 'JB',
	email: 'Jo.Bell@lambeth.example',
	roles: ['case-officer'],
	active: true
};
const password = 'three random words';
const monday = new Date('2026-03-02T09:00:00.000Z');
const after = (milliseconds: number) => new Date(monday.getTime() + milliseconds);

async function council(): Promise<Register> {
	const register = Register.open(':memory:');
	register.putOfficer(jo);
	await setPassword(register, jo.id, password, monday, 'system');
	return register;
}

async function signedIn(register: Register) {
	const result = await new SignInDoor(true).byPassword(
		register,
		{ email: jo.email, password },
		'203.0.113.9',
		monday
	);
	if ('refused' in result) throw new Error(result.sentence);
	return result;
}

const deactivate = (register: Register) => register.putOfficer({ ...jo, active: false });

describe('signing in with a password', () => {
	test('an officer is recognised whatever the capitals of their address', async () => {
		const register = await council();
		const result = await new SignInDoor(true).byPassword(
			register,
			{ email: ' jo.bell@LAMBETH.example ', password },
			'203.0.113.9',
			monday
		);
		expect(result).toMatchObject({ officer: { id: jo.id } });
	});

	test('neither the password nor the token is kept: only their hashes', async () => {
		const register = await council();
		const { token } = await signedIn(register);
		const secrets = JSON.stringify(register.connection.orm.select().from(officerSecret).all());
		expect(secrets).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
		expect(secrets).not.toContain(password);
		expect(JSON.stringify(register.connection.orm.select().from(session).all())).not.toContain(
			token
		);
	});

	test('an unknown address, a wrong password and an officer who has left get one answer', async () => {
		const register = await council();
		const door = new SignInDoor(true);
		const answers = [
			await door.byPassword(register, { email: 'no@body.example', password }, 'a', monday),
			await door.byPassword(register, { email: jo.email, password: 'wrong words' }, 'b', monday)
		];
		deactivate(register);
		answers.push(await door.byPassword(register, { email: jo.email, password }, 'c', monday));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]).toMatchObject({ refused: 'not-recognised' });
	});

	test('an unknown address takes as long as a wrong password', async () => {
		const register = await council();
		const door = new SignInDoor(true);
		const median = async (email: string) => {
			const times: number[] = [];
			for (let i = 0; i < 7; i += 1) {
				const began = performance.now();
				await door.byPassword(register, { email, password: 'wrong words' }, `${email}${i}`, monday);
				times.push(performance.now() - began);
			}
			return times.sort((a, b) => a - b)[3] ?? 0;
		};
		const [unknown, wrong] = [await median('no@body.example'), await median(jo.email)];
		// without the same work an unknown address would be answered in well under a millisecond
		expect(unknown).toBeGreaterThan(wrong / 3);
	});

	test('after ten wrong passwords the eleventh attempt waits, even with the right one', async () => {
		const register = await council();
		const door = new SignInDoor(true);
		const attempt = (given: string, from = '203.0.113.9') =>
			door.byPassword(register, { email: jo.email, password: given }, from, monday);
		for (let i = 0; i < 10; i += 1) await attempt('wrong words');
		const eleventh = await attempt(password);
		expect(eleventh).toMatchObject({ refused: 'too-many-attempts', retryAfterSeconds: 900 });
		expect(eleventh).toHaveProperty(
			'sentence',
			'There were too many attempts to sign in. Wait 15 minutes and try again.'
		);
		expect(await attempt(password, '198.51.100.4')).toHaveProperty('token');
	});

	test('signing in again and again is no attack', async () => {
		const register = await council();
		const door = new SignInDoor(true);
		for (let i = 0; i < 15; i += 1)
			expect(
				await door.byPassword(register, { email: jo.email, password }, '203.0.113.9', monday)
			).toHaveProperty('token');
	});

	test('a council that has not chosen passwords says how to allow them', async () => {
		const register = await council();
		const given = { email: jo.email, password };
		const door = new SignInDoor(false);
		expect(await door.byPassword(register, given, 'a', monday)).toMatchObject({
			refused: 'password-sign-in-off'
		});
		allowPasswordSignIn(register, true, monday);
		expect(await door.byPassword(register, given, 'a', monday)).toHaveProperty('token');
	});

	test('a password that is too short or far too long is not set', async () => {
		const register = await council();
		await expect(setPassword(register, jo.id, 'short', monday)).rejects.toThrow(
			'at least 10 characters'
		);
		await expect(setPassword(register, jo.id, 'x'.repeat(2_000), monday)).rejects.toThrow(
			'at most 1000 bytes'
		);
	});

	test('an identity somebody else has verified signs in without a password', async () => {
		const register = await council();
		expect(
			signInVerified(register, { email: jo.email, method: 'single-sign-on' }, monday)
		).toMatchObject({ officer: { id: jo.id } });
	});
});

describe('a session', () => {
	test('ends twelve hours after the officer was last seen', async () => {
		const register = await council();
		const { token } = await signedIn(register);
		const sessions = new Sessions(register);
		expect(sessions.resume(token, after(idleLifetime - 1))).not.toBeNull();
		expect(sessions.resume(token, after(2 * idleLifetime - 2))).not.toBeNull();
		expect(sessions.resume(token, after(3 * idleLifetime))).toBeNull();
	});

	test('ends seven days after signing in, however busy', async () => {
		const register = await council();
		const { token } = await signedIn(register);
		const sessions = new Sessions(register);
		for (let at = 0; at < absoluteLifetime; at += idleLifetime / 2)
			expect(sessions.resume(token, after(at))).not.toBeNull();
		expect(sessions.resume(token, after(absoluteLifetime))).toBeNull();
	});

	test('is not kept alive by a stream that only listens', async () => {
		const register = await council();
		const { token } = await signedIn(register);
		const sessions = new Sessions(register);
		const key = sessions.resume(token, monday)?.key ?? '';
		expect(sessions.holds(key, after(idleLifetime - 1))).not.toBeNull();
		expect(sessions.holds(key, after(idleLifetime))).toBeNull();
	});

	test('ends with signing out, and all of them with a new password', async () => {
		const register = await council();
		const sessions = new Sessions(register);
		const [first, second] = [await signedIn(register), await signedIn(register)];
		expect(first.token).not.toBe(second.token);
		sessions.end(sessions.resume(first.token, monday)?.key ?? '');
		expect(sessions.resume(first.token, monday)).toBeNull();
		expect(sessions.resume(second.token, monday)).not.toBeNull();
		await setPassword(register, jo.id, 'another three words', monday);
		expect(sessions.resume(second.token, monday)).toBeNull();
	});

	test('a new password is on record with who set it, and nothing of the password', async () => {
		const register = await council();
		const words = 'another three words';
		await setPassword(register, jo.id, words, monday, 'an-administrator');
		allowPasswordSignIn(register, true, monday);
		const rows = register.connection.orm.select().from(audit).all();
		const said = (what: string) => rows.filter((row) => row.what === what).at(-1)?.body ?? '{}';
		expect(JSON.parse(said('password-set'))).toEqual({ officer: jo.id, by: 'an-administrator' });
		expect(JSON.parse(said('password-sign-in'))).toEqual({ allowed: true, by: 'system' });
		expect(JSON.stringify(rows)).not.toContain(words);
	});

	test('leaves no row behind once it has ended by itself', async () => {
		const register = await council();
		await signedIn(register);
		new Sessions(register).start(jo.id, 'password', after(absoluteLifetime + 1));
		expect(register.connection.orm.select().from(session).all()).toHaveLength(1);
	});
});
