import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright';

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium on this machine: the one named, the system's, or Playwright's own. */
export function findChromium(): string | undefined {
	const named = process.env['CHROMIUM_PATH'];
	if (named !== undefined && named !== '') {
		if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
		return named;
	}
	return [...system, chromium.executablePath()].find((path) => existsSync(path));
}

/** Chromium refuses its sandbox to root, as in most containers. */
export const asRoot = process.getuid?.() === 0;
export const sandboxArgs = asRoot ? ['--no-sandbox'] : [];

/** Installs a browser when there is none; throws with a sentence when that fails too. */
export function installChromium(): void {
	const run = (command: string, args: string[]) =>
		spawnSync(command, args, {
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		}).status === 0;

	const debian =
		existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
	const installed =
		asRoot && debian
			? run('apt-get', ['update']) && run('apt-get', ['install', '-y', 'chromium'])
			: run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
	if (!installed || findChromium() === undefined)
		throw new Error(
			'No Chromium was found and none could be installed. Install one and name it in CHROMIUM_PATH.'
		);
}
