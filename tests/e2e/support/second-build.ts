import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const left = new Set([
	'node_modules',
	'.git',
	'.svelte-kit',
	'build',
	'data',
	'test-results',
	'playwright-report'
]);

/** Builds this checkout again, as the next version, in a folder of its own. Takes half a minute. */
export function secondBuild(folder: string): string {
	const root = join(folder, 'next-version');
	mkdirSync(root);
	const here = process.cwd();
	cpSync(here, root, {
		recursive: true,
		filter: (path) => resolve(path) === here || !left.has(basename(path))
	});
	symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
	execFileSync(process.execPath, [join(here, 'node_modules/vite/bin/vite.js'), 'build'], {
		cwd: root,
		env: { ...process.env, BOPS_VERSION: 'next-version' },
		stdio: 'pipe'
	});
	return root;
}
