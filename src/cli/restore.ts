import { namesIn, verifiedBackups, type KeptBackup } from '#lib/server/backup/manifest.ts';
import { NotRestored, restoreCouncil } from '#lib/server/backup/restore-council.ts';
import { backupTarget } from './backup.ts';
import {
	councilOption,
	flag,
	jsonOption,
	jsonWords,
	needed,
	OperatorProblem,
	text,
	type Given,
	type OperatorCommand
} from './command.ts';
import { dataDir } from './installation.ts';
import { Progress } from './progress.ts';

export const restore: OperatorCommand = {
	name: 'restore',
	usage: '--backup NAME|latest [--from FOLDER] [--council CODE]',
	summary: 'put a verified backup in the place of a council’s register',
	details: [
		'Stop the server first. What is replaced goes to the folder “replaced” beside the register and is',
		'never deleted. Tablets send again what the backup does not hold, as soon as they are online.',
		'The receipt key must be in its place (DATA_DIR/keys): it is in no backup.'
	],
	options: {
		...councilOption,
		...jsonOption,
		backup: { type: 'string' },
		from: { type: 'string' },
		'server-is-stopped': { type: 'boolean' },
		'accept-missing-files': { type: 'boolean' }
	},
	optionWords: {
		backup: 'the backup’s name as “npx bops backup --list” gives it, or latest',
		from: 'the folder of backups; BACKUP_DIR when left out',
		council: 'the council’s code; needed where the folder has backups of several',
		'server-is-stopped': 'for a register too damaged to tell whether a server has it open',
		'accept-missing-files': 'go on although the backup lacks files that its register names',
		...jsonWords
	},
	run: async (given, terminal) => {
		const target = backupTarget(given, 'from', terminal);
		const backup = chosen(target, given);
		const { code, name } = backup.manifest.council;
		const progress = new Progress(terminal, `Comparing the files of ${code}`);
		let restored;
		try {
			restored = await restoreCouncil(backup, {
				dataDir: dataDir(terminal),
				target,
				now: terminal.now,
				serverIsStopped: flag(given, 'server-is-stopped'),
				acceptMissing: flag(given, 'accept-missing-files'),
				progress: (done, of) => progress.show(done, of)
			});
		} catch (problem) {
			if (problem instanceof NotRestored) throw new OperatorProblem(problem.message);
			throw problem;
		} finally {
			progress.clear();
		}
		if (flag(given, 'json'))
			terminal.out(JSON.stringify({ council: code, backup: backup.name, ...restored }));
		else {
			terminal.out(`${name} is restored to ${backup.name}, number ${backup.manifest.seq}.`);
			if (restored.aside !== null) terminal.out(`What it replaced is kept in ${restored.aside}.`);
			if (restored.filesBrought > 0)
				terminal.out(`${restored.filesBrought} files were brought back from the backup.`);
			for (const problem of restored.missing) terminal.out(problem);
			terminal.out(
				'Everybody has been signed out. Check officers and tokens that were changed since: they are as they were then.'
			);
			terminal.out(
				'Start the server. Tablets send again what the backup does not hold; the page Devices counts what came back.'
			);
		}
		return true;
	}
};

function chosen(target: string, given: Given): KeptBackup {
	const wanted = needed(given, 'backup', 'which backup, or latest,');
	const code = text(given, 'council')?.toUpperCase() ?? onlyCode(target);
	const all = verifiedBackups(target, code);
	const found = wanted === 'latest' ? all[0] : all.find(({ name }) => name === wanted);
	if (found === undefined)
		throw new OperatorProblem(
			all.length === 0
				? `There is no verified backup of ${code} in ${target}.`
				: `There is no verified backup “${wanted}” of ${code}. There is ${all.map(({ name }) => name).join(', ')}.`
		);
	return found;
}

function onlyCode(target: string): string {
	const codes = namesIn(target).filter((code) => verifiedBackups(target, code).length > 0);
	const [only, ...more] = codes;
	if (only === undefined) throw new OperatorProblem(`There is no verified backup in ${target}.`);
	if (more.length > 0)
		throw new OperatorProblem(
			`There are backups of several councils. Say which with --council: ${codes.join(', ')}.`
		);
	return only;
}
