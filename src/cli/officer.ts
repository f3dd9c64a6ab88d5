import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { roles, roleWords, type Officer } from '#lib/domain/officer.ts';
import { addOfficer, changeOfficer, newOfficer } from '#lib/server/identity/officers.ts';
import { hashPassword } from '#lib/server/identity/password.ts';
import { setPassword } from '#lib/server/identity/sign-in.ts';
import type { Council } from '#lib/server/installation.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	needed,
	oneWord,
	OperatorProblem,
	type Given,
	type OperatorCommand,
	type Terminal
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

const passwordOptions = { 'password-stdin': { type: 'boolean' } } as const;
const passwordWords = {
	'password-stdin': 'read the password from standard input; without it one is made and printed'
} as const;

export const officerAdd: OperatorCommand = {
	name: 'officer add',
	usage: '--name NAME --email ADDRESS --initials AB --role ROLE… [--council CODE]',
	summary: 'add an officer who may sign in',
	details: [`Roles: ${roles.map((role) => `${role} (${roleWords[role]})`).join(', ')}.`],
	options: {
		...councilOption,
		...passwordOptions,
		...jsonOption,
		name: { type: 'string' },
		email: { type: 'string' },
		initials: { type: 'string' },
		role: { type: 'string', multiple: true }
	},
	optionWords: {
		name: 'the officer’s name',
		email: 'the address they sign in with',
		initials: 'two or three capitals that head the numbers of their photographs',
		role: 'what they may do; may be given several times',
		...passwordWords,
		...councilWords,
		...jsonWords
	},
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const council = councilOf(installation, given);
			const asked = given.values['role'];
			const card = newOfficer.safeParse({
				name: needed(given, 'name', 'the officer’s name'),
				email: needed(given, 'email', 'the officer’s e-mail address'),
				initials: needed(given, 'initials', 'the officer’s initials').toUpperCase(),
				roles: Array.isArray(asked) ? [...new Set(asked)] : []
			});
			if (!card.success) throw new OperatorProblem(whatIsWrong(card.error));
			const { password, made } = await passwordFrom(given, terminal);
			const added = await addOfficer(
				council.register,
				{ ...card.data, password },
				'system',
				terminal.now()
			);
			if ('notDone' in added) throw new OperatorProblem(added.notDone);
			if (flag(given, 'json'))
				terminal.out(JSON.stringify({ id: added.id, ...(made ? { password } : {}) }));
			else {
				terminal.out(`Added ${added.name} (${added.email}) to ${council.name}.`);
				if (made) terminal.out(`Password, shown this once: ${password}`);
			}
			return true;
		})
};

export const officerPassword: OperatorCommand = {
	name: 'officer password',
	usage: 'ADDRESS [--council CODE]',
	summary: 'give an officer a new password and sign them out everywhere',
	options: { ...councilOption, ...passwordOptions },
	optionWords: { ...passwordWords, ...councilWords },
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const { register, officer } = officerOf(councilOf(installation, given), given);
			const { password, made } = await passwordFrom(given, terminal);
			await setPassword(register, officer.id, password, terminal.now());
			terminal.out(`${officer.name} has a new password.`);
			if (made) terminal.out(`Password, shown this once: ${password}`);
			return true;
		})
};

export const officerList: OperatorCommand = {
	name: 'officer list',
	usage: '[--council CODE]',
	summary: 'list the officers of a council',
	options: { ...councilOption, ...jsonOption },
	optionWords: { ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const officers = [...councilOf(installation, given).register.officers().values()];
			if (flag(given, 'json')) terminal.out(JSON.stringify({ officers }));
			else
				for (const one of officers)
					terminal.out(
						`${one.initials}  ${one.name}  ${one.email}  ${one.roles.join(', ')}${one.active ? '' : '  has left'}`
					);
			return true;
		})
};

export const officerDeactivate: OperatorCommand = {
	name: 'officer deactivate',
	usage: 'ADDRESS [--council CODE]',
	summary: 'an officer has left: they are signed out everywhere; what they did stays',
	options: councilOption,
	optionWords: councilWords,
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const { register, officer } = officerOf(councilOf(installation, given), given);
			const changed = changeOfficer(register, officer.id, { active: false }, 'system');
			if ('notDone' in changed) throw new OperatorProblem(changed.notDone);
			terminal.out(`${officer.name} can no longer sign in.`);
			return true;
		})
};

function officerOf(
	council: Council,
	given: Given
): { register: Council['register']; officer: Officer } {
	const email = oneWord(given, 'the officer’s e-mail address').toLowerCase();
	const { register } = council;
	const officer = [...register.officers().values()].find(
		(one) => one.email.toLowerCase() === email
	);
	if (officer === undefined)
		throw new OperatorProblem(`${council.name} has no officer with the address ${email}.`);
	return { register, officer };
}

async function passwordFrom(
	given: Given,
	{ stdin }: Terminal
): Promise<{ password: string; made: boolean }> {
	if (!flag(given, 'password-stdin')) return { password: madePassword(), made: true };
	let typed = '';
	for await (const part of stdin) typed += String(part);
	const password = typed.replace(/\r?\n$/, '');
	// asked before the officer is added, so that a bad password leaves nothing half done
	await hashPassword(password).catch((problem: unknown) => {
		throw new OperatorProblem(problem instanceof Error ? problem.message : String(problem));
	});
	return { password, made: false };
}

/** Letters and digits that nobody confuses when reading them out; about 93 bits. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';
const madePassword = (): string =>
	Array.from({ length: 4 }, () =>
		Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('')
	).join('-');

/** What is wrong with an officer's card, by the option that would mend it. */
function whatIsWrong(error: z.ZodError): string {
	const wrong = new Set(error.issues.map(({ path }) => String(path[0])));
	const sentences: Record<string, string> = {
		name: 'The name is missing.',
		email: 'The e-mail address is not one.',
		initials: 'Initials are two or three capital letters.',
		roles: `Say at least one --role, of: ${roles.join(', ')}.`
	};
	return [...wrong].map((field) => sentences[field] ?? `${field} is not right.`).join(' ');
}
