import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { email, password, staff, type Who } from './council.ts';
import { inventedSubmission } from './submissions.ts';

export interface Ran {
	code: number | null;
	out: string;
	/** progress and words for people */
	err: string;
}

/** The operator's command, as an operator runs it: `npx bops …` in a process of its own. */
export async function bops(dataDir: string, args: string[], input = ''): Promise<Ran> {
	const command = spawn(process.execPath, ['bops.mjs', ...args], {
		env: { ...process.env, DATA_DIR: dataDir },
		stdio: ['pipe', 'pipe', 'pipe']
	});
	command.stdin.end(input);
	const code = new Promise<number | null>((resolve) => command.on('exit', resolve));
	const [out, err] = await Promise.all([text(command.stdout), text(command.stderr)]);
	return { code: await code, out, err };
}

/** Runs it and expects it to succeed. */
export async function done(dataDir: string, args: string[], input = ''): Promise<Ran> {
	const ran = await bops(dataDir, args, input);
	if (ran.code !== 0) throw new Error(`bops ${args.join(' ')}: ${ran.code}\n${ran.err}${ran.out}`);
	return ran;
}

export async function addStaff(dataDir: string, everybody: readonly Who[]): Promise<void> {
	for (const who of everybody) {
		const { name, initials, roles } = staff[who];
		await done(
			dataDir,
			[
				...['officer', 'add', '--name', name, '--email', email(who), '--initials', initials],
				...roles.flatMap((role) => ['--role', role]),
				'--password-stdin'
			],
			password
		);
	}
}

/**
 * Eight payloads to import: the published examples of the Open Digital Planning schema where
 * SAMPLES_DIR names a folder of them, invented ones elsewhere.
 */
export function payloadFiles(folder: string): string[] {
	const samples = process.env['SAMPLES_DIR'];
	if (samples !== undefined && samples !== '') {
		const published = join(samples, 'odp', 'application');
		return readdirSync(published).map((name) => join(published, name));
	}
	mkdirSync(folder, { recursive: true });
	return Array.from({ length: 8 }, (_, index) => {
		const file = join(folder, `invented-${index}.json`);
		writeFileSync(file, JSON.stringify(inventedSubmission(index).payload));
		return file;
	});
}
