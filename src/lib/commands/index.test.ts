import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissions } from '#lib/domain/permissions.ts';
import type { Command } from './command.ts';
import { commands } from './index.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
	.filter((one) => one.isDirectory())
	.map(({ name }) => name);

const files = folders.flatMap((folder) =>
	readdirSync(join(import.meta.dirname, folder))
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
		.map((name) => `${folder}/${name.slice(0, -3)}`)
);

const isCommand = (value: unknown): value is Command =>
	typeof value === 'object' && value !== null && 'run' in value && 'sort' in value;

/** Files beside the commands that are none: what several of them share. */
const shared = ['clock/clock-case', 'validation/check-words', 'case/disagreement'];

test('every file of a command’s folder is in the list, under its own name', async () => {
	expect(folders).toEqual(expect.arrayContaining(['case', 'clock', 'document', 'visit']));
	const listed = [];
	for (const file of files.filter((one) => !shared.includes(one))) {
		const exported = (await import(
			/* @vite-ignore */ new URL(`./${file}.ts`, import.meta.url).href
		)) as Record<string, unknown>;
		const found = Object.values(exported).filter(isCommand);
		expect(found, file).toHaveLength(1);
		expect(found[0]?.name, file).toBe(file.split('/')[1]);
		expect(commands.get(found[0]?.name ?? ''), file).toBe(found[0]);
		listed.push(found[0]?.name);
	}
	expect([...commands.keys()].sort()).toEqual(listed.sort());
});

test('every command is of a permission in the table', () => {
	for (const { name, permission } of commands.values())
		if (typeof permission === 'string')
			expect(Object.hasOwn(permissions, permission), name).toBe(true);
	expect(commands.size).toBeGreaterThan(15);
});

test('what is captured on site works with no signal', () => {
	for (const { name, sort, offline } of commands.values())
		if (sort !== 'act') expect(offline, name).toBe(true);
	expect(commands.get('take-photo')?.offline).toBe(true);
});
