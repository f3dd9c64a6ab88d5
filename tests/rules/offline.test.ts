import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no page of the officers needs the server to open: there is no +page.server or +layout.server', () => {
	const needy = globSync('src/routes/**/+{page,layout}.server.{ts,js}').filter(
		(path) => !path.startsWith('src/routes/(public)/')
	);
	expect(needy).toEqual([]);
});

test('every command is in the list of commands', () => {
	const list = readFileSync('src/lib/commands/index.ts', 'utf8');
	const missing = globSync('src/lib/commands/**/*.ts').filter((path) => {
		if (path.endsWith('.test.ts')) return false;
		const name = /export const (\w+) = defineCommand\(/.exec(readFileSync(path, 'utf8'))?.[1];
		return name !== undefined && !new RegExp(`^\\t+${name},?$`, 'm').test(list);
	});
	expect(missing).toEqual([]);
});
