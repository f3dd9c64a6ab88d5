import { expect, it } from 'vitest';
import { newPassword } from './new-password.ts';
import { problemsOf } from './new-officer.ts';

it('makes a password that can be read out, and never the same one twice', () => {
	const made = new Set(Array.from({ length: 200 }, newPassword));
	expect(made.size).toBe(200);
	for (const one of made) expect(one).toMatch(/^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$/);
});

it('names each field that cannot be sent', () => {
	const given = { name: ' ', initials: 'jb', email: 'nobody', roles: [] };
	expect(Object.keys(problemsOf(given))).toEqual(['name', 'initials', 'email', 'roles']);
	expect(
		problemsOf({ name: 'J Bloggs', initials: 'JB', email: 'j@x.example', roles: ['reviewer'] })
	).toEqual({});
});
