import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package.json'];
/** Changes to these change nothing that is built. */
const apart = /^src\/(demo|cli)(\/|$)|\.test\.ts$/;

function newest(path: string): number {
	if (apart.test(path) || !existsSync(path)) return 0;
	const facts = statSync(path);
	if (!facts.isDirectory()) return facts.mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether the app has not been built, or was built from older sources. */
export const needsBuild = (): boolean =>
	!existsSync('build/handler.js') ||
	Math.max(...sources.map(newest)) > statSync('build/handler.js').mtimeMs;

/** Builds the app; everything it says goes to standard error. */
export function build(): Promise<void> {
	const vite = spawn(
		process.execPath,
		['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
		{
			stdio: ['ignore', process.stderr, 'inherit']
		}
	);
	return new Promise((resolve, reject) => {
		vite.once('error', reject);
		vite.once('exit', (code) => {
			if (code === 0) resolve();
			else reject(new Error(`The app could not be built (vite build ended with ${String(code)}).`));
		});
	});
}
