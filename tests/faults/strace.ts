import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { asRoot } from '../browser.ts';

const program = '/usr/bin/strace';

/** Every call that changes what is on a disk or says something to a tablet. */
const watched = [
	...['openat', 'open', 'creat', 'write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg'],
	...['fsync', 'fdatasync', 'ftruncate', 'truncate', 'fallocate', 'copy_file_range'],
	...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat'],
	...['unlink', 'unlinkat', 'rmdir', 'mkdir', 'mkdirat']
].join(',');

/** Why strace cannot be used here, in words; null when it can. Installs it on a Debian machine of ours. */
export function noStrace(): string | null {
	if (!existsSync(program) && asRoot && existsSync('/usr/bin/apt-get')) {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
		spawnSync('apt-get', ['install', '-y', 'strace'], { stdio: 'ignore', env });
	}
	if (!existsSync(program)) return 'strace is not on this machine and could not be installed';
	const { status } = spawnSync(program, ['-f', '-o', '/dev/null', '/bin/true'], {
		stdio: 'ignore'
	});
	return status === 0 ? null : 'this machine does not let strace look at processes';
}

/** What starts a program so that everything it does to the disk is written down, with the bytes. */
export const watchedInto = (log: string): string[] => [
	program,
	// the watcher stands beside the watched, so that a signal to it reaches the program itself
	...['-D', '-f', '--seccomp-bpf', '-yy', '-xx', '-s', String(16 * 1024 * 1024)],
	...['-e', `trace=${watched}`, '-o', log]
];

/** Resolves when the watched program and its watcher have ended. */
export async function ended(log: string): Promise<void> {
	for (let tries = 0; tries < 600; tries += 1) {
		const { first, last } = endsOf(log);
		const main = /^(\d+) /.exec(first)?.[1] ?? '';
		if (new RegExp(`^${main} +\\+\\+\\+ `, 'm').test(last)) return;
		await wait(100);
	}
	throw new Error(
		`The watched program did not end within a minute: …${endsOf(log).last.slice(-500)}`
	);
}

/** The first and the last bytes of a file that may be large. */
function endsOf(file: string): { first: string; last: string } {
	const handle = openSync(file, 'r');
	try {
		const [first, last] = [Buffer.alloc(100), Buffer.alloc(10_000)];
		readSync(handle, first, 0, first.byteLength, 0);
		const from = Math.max(0, fstatSync(handle).size - last.byteLength);
		const read = readSync(handle, last, 0, last.byteLength, from);
		return { first: first.toString('latin1'), last: last.toString('latin1', 0, read) };
	} finally {
		closeSync(handle);
	}
}

/** One call as it was seen. `began` and `over` are places in the order of everything that was seen. */
export interface Call {
	name: string;
	/** the text between the brackets, with every string in hexadecimal */
	args: string;
	/** the value it gave back */
	result: number;
	/** the path of the file it gave back, for those that open one */
	opened: string;
	began: number;
	over: number;
}

const text = (hex: string): string =>
	Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('utf8');
const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** The calls in the order in which they were over. Those that failed changed nothing and are left out. */
export function readCalls(log: string): Call[] {
	// a short process number is followed by more than one space
	const lines = readFileSync(log, 'latin1').split('\n');
	const open = new Map<string, { name: string; args: string; began: number }>();
	const calls: Call[] = [];
	for (const [place, line] of lines.entries()) {
		const unfinished = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/.exec(line);
		if (unfinished !== null) {
			const [, thread = '', name = '', args = ''] = unfinished;
			open.set(thread, { name, args, began: place });
			continue;
		}
		const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\)\s+= (-?\d+)(?:<([^>]*)>)?/.exec(line);
		const whole = /^(\d+) +(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?/.exec(line);
		const found = resumed ?? whole;
		if (found === null) continue;
		const [, thread = '', name = '', args = '', result = '', opened = ''] = found;
		const begun = resumed === null ? undefined : open.get(thread);
		if (Number(result) < 0) continue;
		calls.push({
			name,
			args: (begun?.args ?? '') + args,
			result: Number(result),
			opened: text(opened),
			began: begun?.began ?? place,
			over: place
		});
	}
	return calls;
}

/** What the first argument, a file that is open, is: a path, or `TCP:[…]`. */
export const fileOf = ({ args }: Call): string => {
	const named = /^\d+<(.*?)>(?:,|$)/.exec(args)?.[1] ?? '';
	// paths come in hexadecimal, the ends of a connection as they are
	return named.startsWith('\\x') ? text(named) : named;
};

/** Whether it wrote to somebody over the network. */
export const isAnswer = (call: Call): boolean =>
	/^(write|writev|sendto|sendmsg)$/.test(call.name) && /^TCP/.test(fileOf(call));

/** The bytes it was given, all parts together. */
export const bytesIn = ({ args }: Call): Buffer =>
	Buffer.concat([...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => bytesOf(hex)));

/** The strings among the arguments: paths. */
export const pathsIn = ({ args }: Call): string[] =>
	[...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => text(hex));

/** The last number among the arguments: a place in a file, a length. */
export const lastNumber = ({ args }: Call): number => Number(/(\d+)\s*$/.exec(args)?.[1] ?? NaN);
