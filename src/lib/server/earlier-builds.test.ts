import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBuild } from './earlier-builds.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-builds-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a build in place that has these files, on a day. */
function deploy(on: string, ...names: string[]) {
	const build = join(folder, 'build');
	rmSync(build, { recursive: true, force: true });
	for (const name of ['', ...names]) {
		mkdirSync(dirname(join(build, name)), { recursive: true });
		if (name !== '') writeFileSync(join(build, name), `the words of ${name}`);
	}
	return keepBuild(build, join(folder, 'kept'), new Date(`${on}T12:00:00Z`));
}

test('guarantee-15 files of a replaced build are found for 30 days from the day it was replaced', () => {
	expect(
		deploy('2026-01-01', 'chunks/a.js', 'chunks/b.js').find('/_app/immutable/chunks/a.js')
	).toBe(null);
	// it ran for three months, and was in use until today
	const next = deploy('2026-04-01', 'chunks/b.js', 'assets/c.css');
	const found = next.find('/_app/immutable/chunks/a.js');
	expect(found?.type).toBe('text/javascript');
	expect(readFileSync(found?.file ?? '', 'utf8')).toBe('the words of chunks/a.js');
	expect(next.find('/_app/immutable/chunks/b.js'), 'of this build').toBeNull();

	const third = deploy('2026-04-20', 'chunks/d.js');
	for (const name of ['chunks/a.js', 'chunks/b.js', 'assets/c.css'])
		expect(third.find(`/_app/immutable/${name}`), name).not.toBeNull();
	const fourth = deploy('2026-05-10', 'chunks/d.js');
	expect(fourth.find('/_app/immutable/chunks/a.js'), 'replaced 39 days ago').toBeNull();
	expect(fourth.find('/_app/immutable/assets/c.css'), 'replaced 20 days ago').not.toBeNull();
});

test('nothing but a listed name is served', () => {
	deploy('2026-01-01', 'chunks/a.js');
	const next = deploy('2026-01-02', 'chunks/b.js');
	for (const path of [
		'/_app/immutable/../in-use.json',
		'/_app/immutable/chunks/../../in-use.json',
		'/_app/immutable/',
		'/api/session',
		'/_app/immutable/chunks/%61.js'
	])
		expect(next.find(path), path).toBeNull();
});
