import { ApiTokens } from '#lib/server/intake/api-tokens.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	oneWord,
	OperatorProblem,
	text,
	type Given,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

const day = 24 * 60 * 60 * 1000;

export const tokenAdd: OperatorCommand = {
	name: 'token add',
	usage: 'CLIENT [--days N] [--council CODE]',
	summary: 'let a program send submissions (POST /api/v2/submissions)',
	details: ['CLIENT is the program’s name, as the timeline of a case will say it: PlanX.'],
	options: { ...councilOption, ...jsonOption, days: { type: 'string' } },
	optionWords: {
		days: 'the token ends after so many days; without it, when it is revoked',
		...councilWords,
		...jsonWords
	},
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const client = oneWord(given, 'the name of the program');
			if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(client))
				throw new OperatorProblem(
					'The name of a program has letters, digits, spaces, dots and dashes, at most 60.'
				);
			const now = terminal.now();
			const council = councilOf(installation, given);
			const added = new ApiTokens(council.register).add(client, endOf(given, now), now);
			if (added === null)
				throw new OperatorProblem(
					`There is a token for “${client}” already. A revoked name is not used again, so that the timeline stays true.`
				);
			if (flag(given, 'json')) terminal.out(JSON.stringify({ client, token: added.token }));
			else {
				terminal.out(`${client} may send submissions to ${council.name}.`);
				terminal.out(`Token, shown this once: ${added.token}`);
			}
			return true;
		})
};

function endOf(given: Given, now: Date): Date | null {
	const days = text(given, 'days');
	if (days === undefined) return null;
	const number = Number(days);
	if (!Number.isInteger(number) || number < 1 || number > 36_500)
		throw new OperatorProblem(`“${days}” is not a number of days.`);
	return new Date(now.getTime() + number * day);
}

export const tokenList: OperatorCommand = {
	name: 'token list',
	usage: '[--council CODE]',
	summary: 'list the programs that may send submissions',
	options: { ...councilOption, ...jsonOption },
	optionWords: { ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const tokens = new ApiTokens(councilOf(installation, given).register).list();
			if (flag(given, 'json')) terminal.out(JSON.stringify({ tokens }));
			else if (tokens.length === 0) terminal.out('No program may send submissions.');
			for (const one of flag(given, 'json') ? [] : tokens)
				terminal.out(
					`${one.name}  since ${one.createdAt.slice(0, 10)}  ${
						one.revokedAt === null
							? one.expiresAt === null
								? 'until revoked'
								: `until ${one.expiresAt.slice(0, 10)}`
							: `revoked ${one.revokedAt.slice(0, 10)}`
					}  last used ${one.lastUsedAt?.slice(0, 10) ?? 'never'}`
				);
			return true;
		})
};

export const tokenRevoke: OperatorCommand = {
	name: 'token revoke',
	usage: 'CLIENT [--council CODE]',
	summary: 'stop a program from sending submissions, at once',
	options: councilOption,
	optionWords: councilWords,
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const client = oneWord(given, 'the name of the program');
			const council = councilOf(installation, given);
			if (!new ApiTokens(council.register).revoke(client, terminal.now()))
				throw new OperatorProblem(`${council.name} has no token for “${client}” that still holds.`);
			terminal.out(`${client} can no longer send submissions to ${council.name}.`);
			return true;
		})
};
