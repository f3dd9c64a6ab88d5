import { resolve } from 'node:path';
import { readConfiguration } from '#lib/server/configuration.ts';
import { verifiedBackups, type Manifest } from '#lib/server/backup/manifest.ts';
import { dropOldBackups } from '#lib/server/backup/retention.ts';
import { BackupBusy, takeBackup } from '#lib/server/backup/take-backup.ts';
import type { Council } from '#lib/server/installation.ts';
import {
	councilOption,
	flag,
	jsonOption,
	jsonWords,
	OperatorProblem,
	text,
	type Given,
	type OperatorCommand,
	type Terminal
} from './command.ts';
import { councilCalled, dataDir, withInstallation } from './installation.ts';
import { Progress } from './progress.ts';

/** Where backups are: `--option`, else BACKUP_DIR. */
export function backupTarget(given: Given, option: string, { env, folder }: Terminal): string {
	const said = text(given, option) ?? env['BACKUP_DIR'];
	if (said === undefined || said === '')
		throw new OperatorProblem(
			`Say where backups are, with --${option} FOLDER or BACKUP_DIR: a folder on another machine or disk.`
		);
	return resolve(folder, said);
}

export const backup: OperatorCommand = {
	name: 'backup',
	usage: '[--to FOLDER] [--council CODE]',
	summary: 'copy the registers and their files elsewhere, while everybody works on',
	details: [
		'The copy is opened again and looked at whole: its pages, its links, its audit, its files by',
		'their hashes. Only then do tablets hear that their work is backed up. It never holds the receipt',
		'keys: keep those elsewhere (npx bops doctor).'
	],
	options: {
		...councilOption,
		...jsonOption,
		to: { type: 'string' },
		'every-file': { type: 'boolean' },
		list: { type: 'boolean' }
	},
	optionWords: {
		to: 'the folder of backups; BACKUP_DIR when left out',
		council: 'only this council; without it, all',
		'every-file': 'read every file in the folder of backups again, not a seventh of them each day',
		list: 'list the verified backups instead of making one',
		...jsonWords
	},
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const target = backupTarget(given, 'to', terminal);
			const code = text(given, 'council');
			const councils =
				code === undefined ? installation.councils() : [councilCalled(installation, code)];
			if (flag(given, 'list')) return list(target, councils, given, terminal);
			const { configuration } = readConfiguration({
				...terminal.env,
				DATA_DIR: dataDir(terminal)
			});
			const results = [];
			for (const council of councils) {
				const result = await backUp(council, target, given, terminal);
				const { manifest } = result;
				const dropped = manifest.verified
					? await dropOldBackups(target, council.code, {
							keepDays: configuration.backupKeepDays,
							now: terminal.now()
						})
					: [];
				results.push({ council: council.code, ...result, dropped });
				if (flag(given, 'json')) continue;
				for (const line of words(council.code, manifest)) terminal.out(line);
				if (dropped.length > 0)
					terminal.out(`${council.code}: ${dropped.length} backups were old enough to go.`);
			}
			if (flag(given, 'json')) terminal.out(JSON.stringify({ backups: results }));
			return results.every(({ manifest }) => manifest.verified);
		})
};

async function backUp(council: Council, target: string, given: Given, terminal: Terminal) {
	const bars = new Map<string, Progress>();
	try {
		return await takeBackup(council, {
			target,
			everyFile: flag(given, 'every-file'),
			now: terminal.now,
			progress: (what, done, of) => {
				const bar = bars.get(what) ?? new Progress(terminal, `${what} of ${council.code}`);
				bars.set(what, bar);
				bar.show(done, of);
			}
		});
	} catch (problem) {
		if (problem instanceof BackupBusy) throw new OperatorProblem(problem.message);
		throw problem;
	} finally {
		for (const bar of bars.values()) bar.clear();
	}
}

function list(
	target: string,
	councils: readonly Council[],
	given: Given,
	terminal: Terminal
): boolean {
	const backups = councils.flatMap(({ code }) =>
		verifiedBackups(target, code).map(({ name, manifest }) => ({ council: code, name, manifest }))
	);
	if (flag(given, 'json')) terminal.out(JSON.stringify({ backups }));
	else if (backups.length === 0) terminal.out(`There is no verified backup in ${target}.`);
	else
		for (const { council, name, manifest } of backups)
			terminal.out(
				`${council}  ${name}  number ${manifest.seq}, ${manifest.register.commands} commands, ${manifest.files.named} files`
			);
	return true;
}

function words(code: string, made: Manifest): string[] {
	const { files, seq, audit } = made;
	if (!made.verified)
		return [
			`${code}: the backup did not pass and was not published. Tablets keep everything.`,
			...made.problems.map((problem) => `${code}: ${problem}`)
		];
	return [
		`${code}: backed up to number ${seq}: ${made.register.commands} commands, ${audit.rows} rows of audit, ${files.named} files.`,
		`${code}: ${files.copied} files were copied, ${files.compared} compared with their hashes in this run, ${files.comparedEarlier} earlier.`,
		...(made.sameMachine
			? [
					`${code}: it is on the same disk as the register. Keep another elsewhere: this one is lost with the machine.`
				]
			: [])
	];
}
