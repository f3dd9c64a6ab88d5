import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readConfiguration } from '#lib/server/configuration.ts';
import { passwordSignInAllowed } from '#lib/server/identity/sign-in.ts';
import {
	InstallationProblem,
	keyFile,
	type Council,
	type Installation
} from '#lib/server/installation.ts';
import { sealFile } from '#lib/server/sealing/council-seal.ts';
import { readOrders } from '#lib/server/sealing/order-file.ts';
import { flag, jsonOption, jsonWords, type OperatorCommand, type Terminal } from './command.ts';
import { dataDir, withInstallation } from './installation.ts';

/** Less room than this is a warning: about a week of photographs of a busy council, bytes. */
const littleRoom = 5 * 1024 ** 3;

interface Finding {
	/** `wrong`: something will fail or be lost · `note`: worth knowing */
	weight: 'wrong' | 'note';
	words: string;
}

const wrong = (words: string): Finding => ({ weight: 'wrong', words });
const note = (words: string): Finding => ({ weight: 'note', words });

export const doctor: OperatorCommand = {
	name: 'doctor',
	usage: '',
	summary: 'look over the configuration and say in words what is wrong',
	options: jsonOption,
	optionWords: jsonWords,
	run: async (given, terminal) => {
		const findings = [...surroundings(terminal), ...(await registers(terminal))];
		const faults = findings.filter(({ weight }) => weight === 'wrong');
		if (flag(given, 'json')) terminal.out(JSON.stringify({ findings }));
		else {
			for (const { weight, words } of findings)
				terminal.out(`${weight === 'wrong' ? 'To put right: ' : 'Note: '}${words}`);
			terminal.out(
				faults.length === 0
					? 'Nothing is wrong.'
					: `${faults.length} ${faults.length === 1 ? 'thing' : 'things'} to put right.`
			);
		}
		return faults.length === 0;
	}
};

function surroundings(terminal: Terminal): Finding[] {
	const { env } = terminal;
	const { configuration, problems } = readConfiguration({ ...env, DATA_DIR: dataDir(terminal) });
	const findings = problems.map(wrong);
	if (!existsSync(resolve('build/handler.js')))
		findings.push(wrong('The app has not been built. Build it with "npm run build".'));
	if (env['ORIGIN'] === undefined || env['ORIGIN'] === '')
		findings.push(note('ORIGIN is not set: each council is reached at its --host.'));
	if (configuration.backupDir === null)
		findings.push(
			note(
				'BACKUP_DIR is not set: the server makes no backups by itself, and tablets keep everything.'
			)
		);
	if (configuration.documentHosts.length === 0)
		findings.push(
			note('DOCUMENT_HOSTS names no host: files that submissions name have to be uploaded by hand.')
		);
	return findings;
}

async function registers(terminal: Terminal): Promise<Finding[]> {
	const folder = dataDir(terminal);
	if (!existsSync(folder)) return [];
	const { bavail, bsize } = statfsSync(folder);
	const findings =
		bavail * bsize < littleRoom
			? [wrong(`There are only ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB left in ${folder}.`)]
			: [];
	try {
		return await withInstallation(terminal, (installation) => [
			...findings,
			...together(installation, terminal),
			...installation.councils().flatMap((council) => ofCouncil(installation, council, terminal))
		]);
	} catch (problem) {
		if (!(problem instanceof InstallationProblem)) throw problem;
		return [...findings, wrong(problem.message)];
	}
}

function together(installation: Installation, { env }: Terminal): Finding[] {
	const councils = installation.councils();
	if (councils.length === 0)
		return [
			wrong('There is no council. Add one: npx bops council add CODE --name NAME --host HOST.')
		];
	return councils.length > 1 && (env['ORIGIN'] ?? '') !== ''
		? [
				wrong(
					'ORIGIN is set and there are several councils: leave it out, each --host is an origin.'
				)
			]
		: [];
}

function ofCouncil(installation: Installation, council: Council, { env }: Terminal): Finding[] {
	const { code, register } = council;
	const findings: Finding[] = [];
	const officers = [...register.officers().values()].filter(({ active }) => active);
	if (!officers.some(({ roles }) => roles.includes('administrator')))
		findings.push(
			wrong(
				`${code} has no administrator. Add one: npx bops officer add --council ${code} --role administrator ….`
			)
		);
	if (env['PASSWORD_SIGN_IN'] !== '1' && !passwordSignInAllowed(register))
		findings.push(
			wrong(
				`Nobody can sign in to ${code}: passwords are off. Allow them: npx bops council passwords on --council ${code}.`
			)
		);
	const ledger = register.erasures?.read().problem ?? null;
	if (ledger !== null) findings.push(wrong(ledger));
	const orders = register.orderFile === null ? null : readOrders(register.orderFile).problem;
	if (orders !== null) findings.push(wrong(orders));
	const [check] = register.connection.sqlite.pragma('quick_check(1)') as { quick_check: string }[];
	if (check?.quick_check !== 'ok')
		findings.push(wrong(`The register file of ${code} is damaged: ${check?.quick_check}.`));
	const { dataDir } = installation;
	const copies = env['RECEIPT_KEY_COPY_DIR'];
	return [
		...findings,
		...secondKey(keyFile(dataDir, code), 'receipt key', code, copies),
		...secondKey(sealFile(dataDir, code), 'sealing key', code, copies)
	];
}

/**
 * Without its receipt key a register cannot know its own receipts; without its sealing key nobody opens a
 * rescue file, a forgotten PIN, or what a tablet hands over before it is wiped. One copy is none.
 */
function secondKey(
	key: string,
	what: 'receipt key' | 'sealing key',
	code: string,
	copies: string | undefined
): Finding[] {
	if (!existsSync(key))
		return [
			wrong(
				`The ${what} of ${code} is missing (${key}). Put it back from its second copy; a new one would not open what tablets have sealed.`
			)
		];
	if (copies === undefined || copies === '')
		return [
			wrong(
				`There is no second copy of the ${what} of ${code}. Copy ${key} to another machine or disk, and say where with RECEIPT_KEY_COPY_DIR.`
			)
		];
	const copy = join(resolve(copies), basename(key));
	if (!existsSync(copy)) return [wrong(`The second copy of a ${what} is missing: ${copy}.`)];
	return readFileSync(copy, 'utf8') === readFileSync(key, 'utf8')
		? []
		: [wrong(`The second copy of a ${what} differs from ${key}: ${copy}.`)];
}
