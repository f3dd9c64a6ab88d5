import type { Officer } from '#lib/domain/officer.ts';
import { addOfficer } from '#lib/server/identity/officers.ts';
import type { Register } from '#lib/server/register/register.ts';

/** For the demo only: a council's own officers get passwords of their own. */
export const demoPassword = 'otters-on-the-saltings';

const cards = [
	{ name: 'Maeve Fennelworthy', initials: 'MF', roles: ['reviewer'] },
	{ name: 'Jaya Barleywick', initials: 'JB', roles: ['case-officer'] },
	{ name: 'Tariq Osierholm', initials: 'TO', roles: ['technician'] },
	{ name: 'Una Quillshaw', initials: 'UQ', roles: ['administrator'] }
] as const satisfies Pick<Officer, 'name' | 'initials' | 'roles'>[];

/** An address under which mail can never arrive (RFC 2606). */
const emailOf = (name: string) => `${name.toLowerCase().replace(' ', '.')}@wrenhithe.example`;

export const signIns = cards.map(({ name, roles }) => ({ name, email: emailOf(name), roles }));

/** The council's officers, by what they do. */
export interface DemoOfficers {
	reviewer: Officer;
	caseOfficer: Officer;
	technician: Officer;
	administrator: Officer;
}

export async function addOfficers(register: Register, now: Date): Promise<DemoOfficers> {
	const added: Officer[] = [];
	for (const { name, initials, roles } of cards) {
		const card = {
			name,
			initials,
			roles: [...roles],
			email: emailOf(name),
			password: demoPassword
		};
		const officer = await addOfficer(register, card, 'system', now);
		if ('notDone' in officer) throw new Error(officer.notDone);
		added.push(officer);
	}
	const [reviewer, caseOfficer, technician, administrator] = added as [
		Officer,
		Officer,
		Officer,
		Officer
	];
	return { reviewer, caseOfficer, technician, administrator };
}
