import { describe, expect, test } from 'vitest';
import type { Officer, Role } from './officer.ts';
import { roles } from './officer.ts';
import { may, permissions, type Permission } from './permissions.ts';

const officer = (...held: Role[]): Officer => ({
	id: '00000000-0000-4000-8000-000000000001',
	name: 'A',
	initials: 'AA',
	email: 'a@example.org',
	roles: held,
	active: true
});

/** Technician, case officer, reviewer, administrator: y anywhere, o on their own cases, - not. Written out again on purpose. */
const expected: Record<Permission, string> = {
	'see-cases': 'y y y y',
	'search-register': 'y y y y',
	'record-visit': 'y o y -',
	'write-note': 'y o y -',
	'create-case': 'y y y -',
	'edit-case': 'y o y -',
	'choose-value': 'y o y -',
	'add-document': 'y o y -',
	'pin-case': 'y y y -',
	'assign-case': '- - y -',
	'validate-case': 'y o y -',
	'assess-case': '- o y -',
	'sign-off': '- - y -',
	'end-case': '- o y -',
	'reopen-case': '- - y -',
	'see-intake': 'y - y y',
	'mend-intake': '- - - y',
	'decide-resubmission': 'y - y y',
	'decide-quarantine': '- - y -',
	'erase-records': '- - - y',
	'import-rescue': '- - y y',
	'administer-officers': '- - - y',
	'administer-devices': '- - - y',
	'see-restored': '- - y y',
	'register-only': '- - - -'
};

const names = Object.keys(permissions) as Permission[];

describe('who may do what', () => {
	test.each(names.flatMap((name) => roles.map((role, index) => ({ name, role, index }))))(
		'$name by a $role',
		({ name, role, index }) => {
			const sign = expected[name].split(' ')[index];
			expect(may(officer(role), name, true)).toBe(sign === '-' ? 'no' : 'yes');
			expect(may(officer(role), name, false)).toBe(
				sign === '-' ? 'no' : sign === 'o' ? 'not-own' : 'yes'
			);
		}
	);

	test('somebody who has left may nothing', () => {
		for (const name of names)
			expect(may({ ...officer(...roles), active: false }, name, true)).toBe('no');
	});

	test('with two roles the wider one counts', () => {
		expect(may(officer('case-officer', 'reviewer'), 'edit-case', false)).toBe('yes');
		expect(may(officer('case-officer', 'administrator'), 'edit-case', false)).toBe('not-own');
	});

	test('with no role, nothing', () => {
		for (const name of names) expect(may(officer(), name, true)).toBe('no');
	});
});
