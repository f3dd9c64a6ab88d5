import { allowPasswordSignIn, passwordSignInAllowed } from '#lib/server/identity/sign-in.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	needed,
	oneWord,
	OperatorProblem,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

export const councilAdd: OperatorCommand = {
	name: 'council add',
	usage: 'CODE --name NAME --host HOST',
	summary: 'make a new council with an empty register',
	details: [
		'CODE is two to five capital letters, as the national registers name the council: LBH.'
	],
	options: { name: { type: 'string' }, host: { type: 'string' } },
	optionWords: {
		name: 'the council’s name as officers know it',
		host: 'the host name officers open, without https://; for one council on this machine: localhost'
	},
	run: (given, terminal) =>
		withInstallation(
			terminal,
			(installation) => {
				const { code, name, host } = installation.addCouncil({
					code: oneWord(given, 'the council’s code').toUpperCase(),
					name: needed(given, 'name', 'the council’s name'),
					host: needed(given, 'host', 'the host name it answers to').toLowerCase()
				});
				terminal.out(`Added ${name} (${code}) at ${host}. Its register is empty.`);
				terminal.out(
					`Next: npx bops officer add --council ${code} --name NAME --email ADDRESS --initials AB --role administrator`
				);
				return true;
			},
			{ mayBeNew: true }
		)
};

export const councilList: OperatorCommand = {
	name: 'council list',
	usage: '',
	summary: 'list the councils of this installation',
	options: jsonOption,
	optionWords: jsonWords,
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const councils = installation.councils().map(({ code, name, host, register }) => ({
				code,
				name,
				host,
				officers: [...register.officers().values()].filter(({ active }) => active).length
			}));
			if (flag(given, 'json')) terminal.out(JSON.stringify({ councils }));
			else if (councils.length === 0) terminal.out('There is no council yet.');
			for (const { code, name, host, officers } of flag(given, 'json') ? [] : councils)
				terminal.out(`${code}  ${name}  ${host}  ${officers} officers`);
			return true;
		})
};

export const councilPasswords: OperatorCommand = {
	name: 'council passwords',
	usage: 'on|off [--council CODE]',
	summary: 'allow or stop signing in with passwords kept in the register',
	options: councilOption,
	optionWords: councilWords,
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const wish = oneWord(given, '“on” or “off”');
			if (wish !== 'on' && wish !== 'off') throw new OperatorProblem('Say “on” or “off”.');
			const { register, name } = councilOf(installation, given);
			if (passwordSignInAllowed(register) !== (wish === 'on'))
				allowPasswordSignIn(register, wish === 'on', terminal.now());
			terminal.out(
				`Officers of ${name} ${wish === 'on' ? 'may' : 'may not'} sign in with a password.`
			);
			return true;
		})
};
