import { parseArgs } from 'node:util';
import { InstallationProblem } from '#lib/server/installation.ts';
import { backup } from './backup.ts';
import { bankHolidaysList, bankHolidaysSet } from './bank-holidays.ts';
import { localListAdd, localListList } from './local-list.ts';
import { OperatorProblem, type OperatorCommand, type Terminal } from './command.ts';
import { councilAdd, councilList, councilPasswords } from './council.ts';
import { doctor } from './doctor.ts';
import { documentsFetch } from './documents.ts';
import { feesSet } from './fees.ts';
import { importOdp } from './import-odp.ts';
import { officerAdd, officerDeactivate, officerList, officerPassword } from './officer.ts';
import { rescue } from './rescue.ts';
import { restore } from './restore.ts';
import { tokenAdd, tokenList, tokenRevoke } from './token.ts';
import { verify } from './verify.ts';

const commands: readonly OperatorCommand[] = [
	councilAdd,
	councilList,
	councilPasswords,
	officerAdd,
	officerPassword,
	officerList,
	officerDeactivate,
	tokenAdd,
	tokenList,
	tokenRevoke,
	importOdp,
	documentsFetch,
	bankHolidaysSet,
	bankHolidaysList,
	localListAdd,
	localListList,
	feesSet,
	backup,
	restore,
	rescue,
	verify,
	doctor
];

/**
 * The operator's command.
 *
 * @param typed what follows `bops`
 * @returns the exit code: 0 only when all that was asked for was done
 */
export async function main(typed: readonly string[], terminal: Terminal): Promise<number> {
	const command = commands.find(({ name }) => {
		const words = name.split(' ');
		return words.every((word, index) => typed[index] === word);
	});
	if (command === undefined) return unknown(typed, terminal);
	try {
		const { values, positionals } = parseArgs({
			args: typed.slice(command.name.split(' ').length),
			options: { ...command.options, help: { type: 'boolean', short: 'h' } },
			allowPositionals: true
		});
		if (values['help'] === true) {
			for (const line of helpOf(command)) terminal.out(line);
			return 0;
		}
		return (await command.run({ values, words: positionals }, terminal)) ? 0 : 1;
	} catch (problem) {
		terminal.err(`${sentence(problem, command)}\n`);
		return 1;
	}
}

function unknown(typed: readonly string[], terminal: Terminal): number {
	const words = typed.filter((word) => !word.startsWith('-'));
	const group = commands.filter(({ name }) => name.split(' ')[0] === words[0]);
	const wantsHelp = typed.some((word) => word === '--help' || word === '-h') || words[0] === 'help';
	if (wantsHelp && (words.length === 0 || words[0] === 'help' || group.length > 0)) {
		for (const line of overview(group.length > 0 ? group : commands)) terminal.out(line);
		return 0;
	}
	if (words.length > 0)
		terminal.err(
			`There is no command “bops ${words.slice(0, 2).join(' ')}”.${group.length > 0 ? '' : ' “npx bops --help” lists what there is.'}\n`
		);
	if (words.length === 0 || group.length > 0)
		for (const line of overview(group.length > 0 ? group : commands)) terminal.err(`${line}\n`);
	return 1;
}

function overview(listed: readonly OperatorCommand[]): string[] {
	const longest = Math.max(...listed.map(({ name }) => name.length));
	return [
		'The operator’s command of BoPS. DATA_DIR says where the data is (default: data in the checkout).',
		'',
		...listed.map(({ name, summary }) => `  npx bops ${name.padEnd(longest)}  ${summary}`),
		'',
		'Each has --help.'
	];
}

function helpOf({ name, usage, summary, details, optionWords }: OperatorCommand): string[] {
	const options = Object.entries({ ...optionWords, help: 'this' });
	const longest = Math.max(...options.map(([option]) => option.length));
	return [
		`npx bops ${name} ${usage}`.trimEnd(),
		'',
		`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
		...(details ?? []),
		'',
		...options.map(([option, words]) => `  --${option.padEnd(longest)}  ${words}`)
	];
}

/** One sentence an operator can act on; a fault of the program keeps its stack. */
function sentence(problem: unknown, { name }: OperatorCommand): string {
	if (problem instanceof OperatorProblem || problem instanceof InstallationProblem)
		return problem.message;
	const { code, message, stack } = problem as NodeJS.ErrnoException;
	if (code?.startsWith('ERR_PARSE_ARGS') === true)
		return `${message.split('. ')[0]}. “npx bops ${name} --help” lists the options.`;
	if (code === 'SQLITE_BUSY' || code === 'SQLITE_BUSY_SNAPSHOT')
		return 'The register was busy for ten seconds. What was done before that is kept; run the command again.';
	if (code === 'SQLITE_FULL' || code === 'ENOSPC')
		return 'The disk is full. What was done before that is kept; make room and run the command again.';
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
		return `This user may not write there: ${message}.`;
	return `bops ${name} failed, which is a fault in the program. What was done before that is kept.\n${stack ?? message}`;
}
