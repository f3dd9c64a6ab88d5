import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asRoot, findChromium, sandboxArgs } from '../browser.ts';

/** A browser on this machine, with a profile of its own that outlives its processes. */
export interface Browser {
	name: string;
	/** null: it is not on this machine */
	version: string | null;
	/** Opens an address on a profile. */
	open(profile: string, address: string): Opened;
}

/** The processes of one browser. */
export class Opened {
	readonly #processes: ChildProcess[];

	constructor(processes: ChildProcess[]) {
		this.#processes = processes;
	}

	/** Dies where it stands, with everything it started. */
	async kill(): Promise<void> {
		for (const one of this.#processes) {
			if (one.pid === undefined || one.exitCode !== null || one.signalCode !== null) continue;
			const ended = once(one, 'exit');
			process.kill(-one.pid, 'SIGKILL');
			await ended;
		}
	}
}

const run = (program: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
	// a group of its own, so that all of it can be killed at once
	spawn(program, args, { detached: true, stdio: 'ignore', env: { ...process.env, ...env } });

const firstThere = (paths: readonly string[]): string | undefined =>
	paths.find((path) => existsSync(path));
const firefox = () => firstThere(['/usr/bin/firefox-esr', '/usr/bin/firefox']);
const webkit = () => globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').sort().at(-1);
const screen = () => firstThere(['/usr/bin/Xvfb']);

function versionOf(program: string | undefined, args: string[]): string | null {
	if (program === undefined) return null;
	const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
	return status === 0 ? (/\d[\w.]*/.exec(stdout)?.[0] ?? 'of unknown version') : null;
}

/** The small browser itself tells its version only on a screen. */
const webkitVersion = (): string =>
	/libwebkit2gtk-4.1-0\S*\s+(\S+)/.exec(
		spawnSync('dpkg-query', ['-W', 'libwebkit2gtk-4.1-0'], { encoding: 'utf8' }).stdout ?? ''
	)?.[1] ?? 'of unknown version';

/** What Firefox would otherwise ask or fetch at its first start. */
const quietFirefox = [
	['browser.shell.checkDefaultBrowser', 'false'],
	['browser.aboutwelcome.enabled', 'false'],
	['datareporting.policy.dataSubmissionEnabled', 'false'],
	['browser.startup.homepage_override.mstone', '"ignore"'],
	['browser.sessionstore.resume_from_crash', 'false'],
	['toolkit.startup.max_resumed_crashes', '-1'],
	['app.normandy.enabled', 'false'],
	['network.captive-portal-service.enabled', 'false']
]
	.map(([name, value]) => `user_pref("${name}", ${value});`)
	.join('\n');

/** Every browser the record speaks of, whether it is here or not. */
export function browsers(): Browser[] {
	return [
		{
			name: 'Chromium',
			version: versionOf(findChromium(), ['--version']),
			open: (profile, address) =>
				new Opened([
					run(findChromium() ?? '', [
						...sandboxArgs,
						...['--headless=new', '--no-first-run', `--user-data-dir=${profile}`, address]
					])
				])
		},
		{
			name: 'Firefox',
			version: versionOf(firefox(), ['--version']),
			open(profile, address) {
				mkdirSync(profile, { recursive: true });
				writeFileSync(join(profile, 'user.js'), quietFirefox);
				const args = ['--headless', '--no-remote', '--profile', profile, address];
				return new Opened([run(firefox() ?? '', args, { HOME: profile })]);
			}
		},
		{
			name: 'WebKit',
			version: screen() === undefined || webkit() === undefined ? null : webkitVersion(),
			open(profile, address) {
				const display = `:${90 + (process.pid % 500)}`;
				mkdirSync(profile, { recursive: true });
				const size = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
				const shown = run(screen() ?? '', [display, ...size]);
				const folders = { HOME: profile, XDG_DATA_HOME: profile, XDG_CACHE_HOME: profile };
				// waits for its screen by itself
				const window = run(
					'/bin/sh',
					['-c', `until [ -e /tmp/.X11-unix/X${display.slice(1)} ]; do sleep 0.1; done; exec "$@"`]
						.concat('sh', webkit() ?? '')
						.concat(address),
					{ ...folders, DISPLAY: display, GDK_BACKEND: 'x11' }
				);
				return new Opened([window, shown]);
			}
		}
	];
}

/** Installs Firefox and WebKit where that is ours to do. Says nothing when it cannot: the record does. */
export function installBrowsers(): void {
	if (!asRoot || !existsSync('/usr/bin/apt-get')) return;
	const missing = [
		...(firefox() === undefined ? ['firefox-esr'] : []),
		...(webkit() === undefined || screen() === undefined ? ['webkit2gtk-driver', 'xvfb'] : [])
	];
	if (missing.length === 0) return;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
	spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], {
		stdio: 'inherit',
		env
	});
}
