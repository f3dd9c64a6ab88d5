#!/usr/bin/env node
// The operator's command: `npx bops …` from the checkout. Runs itself again on the Node that npm
// installed when this one is too old to run TypeScript as it stands.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const pinnedNode = resolve(root, 'node_modules/.bin/node');

if (process.features.typescript) await run();
else if (existsSync(pinnedNode) && !process.env['BOPS_ON_PINNED_NODE']) runAgainOn(pinnedNode);
else {
	console.error(
		`BoPS needs Node 24 (or 22.18 and later); this is ${process.version}. ` +
			'Run "npm ci" here, which brings one, or install a newer Node.'
	);
	process.exitCode = 1;
}

/** @param {string} node */
function runAgainOn(node) {
	const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, BOPS_ON_PINNED_NODE: '1' }
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
		process.on(signal, () => child.kill(signal));
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal === null ? 1 : 128);
	});
}

async function run() {
	const folder = process.cwd();
	// migrations and workers are found from the checkout
	process.chdir(root);
	// whoever reads the result may stop reading (| head); the work goes on to its end
	for (const stream of [process.stdout, process.stderr])
		stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			if (error.code !== 'EPIPE') throw error;
		});
	const { main } = await import('./src/cli/main.ts');
	process.exitCode = await main(process.argv.slice(2), {
		out: (line) => process.stdout.write(`${line}\n`),
		err: (text) => process.stderr.write(text),
		watched: process.stderr.isTTY === true,
		stdin: process.stdin,
		folder,
		env: process.env,
		now: () => new Date()
	});
}
