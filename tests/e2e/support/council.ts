import { v7 } from 'uuid';
import type { Officer, Role } from '#lib/domain/officer.ts';
import { setPassword } from '#lib/server/identity/sign-in.ts';
import { openInstallation } from '#lib/server/installation.ts';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { inventedSubmission } from './submissions.ts';

export const password = 'correct-horse-battery';

/** What everybody chose at their first sign-in on a browser. */
export const pin = 'garden4821';

/** Everybody who works here. */
export const staff = {
	jo: { name: 'Jo Bloggs', initials: 'JB', roles: ['case-officer'] },
	sam: { name: 'Sam Okafor', initials: 'SO', roles: ['case-officer'] },
	priya: { name: 'Priya Shah', initials: 'PS', roles: ['reviewer'] },
	tom: { name: 'Tom Ward', initials: 'TW', roles: ['technician'] },
	ada: { name: 'Ada Mensah', initials: 'AM', roles: ['administrator'] }
} as const satisfies Record<string, { name: string; initials: string; roles: readonly Role[] }>;
export type Who = keyof typeof staff;

export const email = (who: Who): string => `${who}@lambeth.example`;

export interface FiledCase {
	caseId: string;
	reference: string;
	address: string;
}

/** Makes a council with its officers and invented cases in a fresh data folder. */
export async function makeCouncil(
	dataDir: string,
	options: { cases: number; assigned?: { who: Who; first: number } }
): Promise<{ officers: Record<Who, Officer>; cases: FiledCase[] }> {
	const installation = openInstallation(dataDir);
	try {
		const { register } = installation.addCouncil({
			code: 'LBH',
			name: 'Lambeth',
			host: 'localhost'
		});
		const officers = {} as Record<Who, Officer>;
		for (const who of Object.keys(staff) as Who[]) {
			const { name, initials, roles } = staff[who];
			const officer: Officer = {
				id: v7(),
				name,
				initials,
				email: email(who),
				roles: [...roles],
				active: true
			};
			register.putOfficer(officer);
			await setPassword(register, officer.id, password, new Date());
			officers[who] = officer;
		}
		const cases = Array.from({ length: options.cases }, (_, index): FiledCase => {
			const { payload, address } = inventedSubmission(index);
			const filed = fileSubmission(register, Buffer.from(JSON.stringify(payload)), {
				sender: 'import',
				council: 'LBH',
				whateverItNames: false,
				now: new Date()
			});
			if (filed.caseId === null || filed.reference === null)
				throw new Error(`Not filed: ${JSON.stringify(filed.problems)}`);
			return { caseId: filed.caseId, reference: filed.reference, address };
		});
		if (options.assigned !== undefined) {
			const to = officers[options.assigned.who].id;
			register.performAs(
				officers.priya.id,
				cases
					.slice(0, options.assigned.first)
					.map(({ caseId }) => ({ name: 'assign-case', caseId, payload: { officerId: to } }))
			);
		}
		return { officers, cases };
	} finally {
		installation.close();
	}
}
