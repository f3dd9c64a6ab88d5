import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Council } from '../installation.ts';
import { readLastRun } from './last-run.ts';

/** How often it is looked whether a backup is due, milliseconds. */
const pause = 60_000;
const minute = 60_000;
const hour = 60 * minute;
/** After a failed run the next one waits this long, milliseconds. */
const afterFailure = 15 * minute;

export interface Schedule {
	/** folder of backups */
	target: string;
	dataDir: string;
	/** hours between two backups of a council */
	every: number;
}

/** Whether a council's next backup should be made now. */
export function isDue(
	{ lastAt, triedAt }: { lastAt: string | null; triedAt: string | null },
	every: number,
	now: Date
): boolean {
	const since = (at: string | null) => (at === null ? Infinity : now.getTime() - Date.parse(at));
	return since(lastAt) >= every * hour && since(triedAt) >= Math.min(every * hour, afterFailure);
}

/**
 * Makes backups from the running server, one council at a time, each in a process of its own: the
 * operator's command, so that what runs at night is what an operator can run and read by day.
 *
 * @returns the way to stop; a backup under way is broken off and leaves nothing half made behind
 */
export function startBackups(
	councils: () => Iterable<Council>,
	{ target, dataDir, every }: Schedule,
	onFault: (council: string, said: string) => void
): () => void {
	let timer: NodeJS.Timeout;
	let running: ChildProcess | null = null;
	let stopped = false;
	const round = async () => {
		for (const council of councils()) {
			if (stopped) return;
			const { lastAt } = council.register.backupState();
			const triedAt = readLastRun(council.folder)?.at ?? null;
			if (!isDue({ lastAt, triedAt }, every, new Date())) continue;
			running = spawn(
				process.execPath,
				['bops.mjs', 'backup', '--to', target, '--council', council.code, '--json'],
				{
					env: { ...process.env, DATA_DIR: dataDir },
					stdio: ['ignore', 'pipe', 'pipe']
				}
			);
			const exited = once(running, 'exit') as Promise<[number | null]>;
			const [out, err] = await Promise.all([
				running.stdout === null ? '' : text(running.stdout),
				running.stderr === null ? '' : text(running.stderr)
			]);
			const [code] = await exited;
			running = null;
			if (code !== 0 && !stopped) onFault(council.code, err || problemsIn(out));
		}
	};
	const again = (after: number) => {
		if (stopped) return;
		timer = setTimeout(() => {
			round()
				.catch((problem: unknown) => onFault('', String(problem)))
				.finally(() => again(pause));
		}, after).unref();
	};
	again(pause / 12);
	return () => {
		stopped = true;
		clearTimeout(timer);
		running?.kill();
	};
}

function problemsIn(out: string): string {
	try {
		const { backups } = JSON.parse(out) as { backups: { manifest: { problems: string[] } }[] };
		return backups.flatMap(({ manifest }) => manifest.problems).join(' ');
	} catch {
		return out;
	}
}
