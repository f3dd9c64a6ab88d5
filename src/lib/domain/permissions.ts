import type { Officer, Role } from './officer.ts';

/**
 * Who may do what: one table, asked on the device before offering and on the register before doing.
 * `ownCaseOnly` roles may do it on cases assigned to them or on which they have a visit.
 */
export const permissions = {
	'see-cases': { roles: ['technician', 'case-officer', 'reviewer', 'administrator'] },
	'search-register': { roles: ['technician', 'case-officer', 'reviewer', 'administrator'] },
	'record-visit': {
		roles: ['technician', 'case-officer', 'reviewer'],
		ownCaseOnly: ['case-officer']
	},
	'write-note': {
		roles: ['technician', 'case-officer', 'reviewer'],
		ownCaseOnly: ['case-officer']
	},
	'create-case': { roles: ['technician', 'case-officer', 'reviewer'] },
	'edit-case': { roles: ['technician', 'case-officer', 'reviewer'], ownCaseOnly: ['case-officer'] },
	'choose-value': {
		roles: ['technician', 'case-officer', 'reviewer'],
		ownCaseOnly: ['case-officer']
	},
	'add-document': {
		roles: ['technician', 'case-officer', 'reviewer'],
		ownCaseOnly: ['case-officer']
	},
	'pin-case': { roles: ['technician', 'case-officer', 'reviewer'] },
	'assign-case': { roles: ['reviewer'] },
	'validate-case': {
		roles: ['technician', 'case-officer', 'reviewer'],
		ownCaseOnly: ['case-officer']
	},
	'assess-case': { roles: ['case-officer', 'reviewer'], ownCaseOnly: ['case-officer'] },
	'sign-off': { roles: ['reviewer'] },
	'end-case': { roles: ['case-officer', 'reviewer'], ownCaseOnly: ['case-officer'] },
	'reopen-case': { roles: ['reviewer'] },
	'see-intake': { roles: ['technician', 'reviewer', 'administrator'] },
	'mend-intake': { roles: ['administrator'] },
	'decide-resubmission': { roles: ['technician', 'reviewer', 'administrator'] },
	'decide-quarantine': { roles: ['reviewer'] },
	'erase-records': { roles: ['administrator'] },
	'import-rescue': { roles: ['reviewer', 'administrator'] },
	'administer-officers': { roles: ['administrator'] },
	'administer-devices': { roles: ['administrator'] },
	'see-restored': { roles: ['reviewer', 'administrator'] },
	/** done by the register itself, never by a person */
	'register-only': { roles: [] }
} as const satisfies Record<string, { roles: readonly Role[]; ownCaseOnly?: readonly Role[] }>;

export type Permission = keyof typeof permissions;

/** `yes`, `no`, or `not-own`: the role allows it, but only on the officer's own cases and this is not one. */
export function may(
	officer: Officer,
	permission: Permission,
	ownCase: boolean
): 'yes' | 'no' | 'not-own' {
	if (!officer.active) return 'no';
	const rule: { roles: readonly Role[]; ownCaseOnly?: readonly Role[] } = permissions[permission];
	const allowing = officer.roles.filter((role) => rule.roles.includes(role));
	if (allowing.length === 0) return 'no';
	const anywhere = allowing.some((role) => rule.ownCaseOnly?.includes(role) !== true);
	return anywhere || ownCase ? 'yes' : 'not-own';
}
