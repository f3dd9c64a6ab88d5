import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { basename, join, resolve } from 'node:path';

const left = new Set([
	'node_modules',
	'.git',
	'.svelte-kit',
	'data',
	'tests',
	'docs',
	'test-results',
	'playwright-report'
]);

/**
 * This checkout's build once more in a folder of its own, under the name of another version. No
 * file differs but those that say which version it is, so it takes no time to make.
 *
 * @param change what is different in the service worker's own text
 * @returns the folder, to start a server in
 */
export function copiedBuild(
	folder: string,
	name: string,
	change: (serviceWorker: string) => string = (same) => same
): string {
	const root = join(folder, name);
	mkdirSync(root);
	const here = process.cwd();
	cpSync(here, root, {
		recursive: true,
		filter: (path) => resolve(path) === here || !left.has(basename(path))
	});
	symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
	const client = join(root, 'build/client');
	const versionFile = join(client, '_app/version.json');
	const { version } = JSON.parse(readFileSync(versionFile, 'utf8')) as { version: string };
	writeFileSync(versionFile, JSON.stringify({ version: name }));
	const worker = join(client, 'service-worker.js');
	const text = readFileSync(worker, 'utf8');
	if (!text.includes(version)) throw new Error('The service worker does not name its version.');
	writeFileSync(worker, change(text.replaceAll(version, name)));
	for (const file of [worker, versionFile])
		for (const twin of ['.br', '.gz']) if (existsSync(file + twin)) rmSync(file + twin);
	return root;
}
