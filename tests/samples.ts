import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Sample payloads of other projects are read from where `SAMPLES_DIR` points, and never
 * committed here. Not set: the tests that need them are skipped, and say so. Set, but
 * nothing there: that is a mistake in the set-up, and fails.
 */
export const samplesSkipped: string | false =
	process.env['SAMPLES_DIR'] === undefined || process.env['SAMPLES_DIR'] === ''
		? 'SAMPLES_DIR is not set, so the tests over sample payloads are skipped.'
		: false;

if (samplesSkipped !== false) process.stdout.write(`${samplesSkipped}\n`);

/** Absolute path of something in the samples. */
export function samplePath(...parts: string[]): string {
	const root = process.env['SAMPLES_DIR'];
	if (root === undefined || root === '') throw new Error('SAMPLES_DIR is not set.');
	const path = join(root, ...parts);
	if (!existsSync(path)) throw new Error(`SAMPLES_DIR is set, but ${path} does not exist.`);
	return path;
}

/** Every JSON file of a folder of the samples, by file name. */
export function sampleFiles(...folder: string[]): { name: string; text: string }[] {
	const path = samplePath(...folder);
	const names = readdirSync(path)
		.filter((name) => name.endsWith('.json'))
		.sort();
	if (names.length === 0) throw new Error(`SAMPLES_DIR is set, but ${path} has no JSON files.`);
	return names.map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
}
