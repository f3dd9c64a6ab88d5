import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';

/*
 * Every fixture is a small tree of its own, laid out like src/. A line that must be found ends
 * with `✗ rule-id [rule-id …]`; a line without it must pass. So a rule that stops biting fails
 * here, and so does one that bites too much.
 */

const root = resolve('tests/fixtures/lint');
const fixtures = globSync('src/**/*.{ts,svelte}', { cwd: root }).sort();

const found = new Map<string, string[]>();
/** What a fixture cannot resolve is no concern of these tests. */
const ofInterest = (rule: string) =>
	!rule.startsWith('@typescript-eslint/no-unsafe') &&
	!['@typescript-eslint/no-redundant-type-constituents'].includes(rule);

beforeAll(async () => {
	const eslint = new ESLint({ cwd: root, overrideConfigFile: resolve('eslint.config.js') });
	for (const { filePath, messages } of await eslint.lintFiles(['src']))
		found.set(
			filePath,
			messages
				.filter(({ ruleId }) => ruleId === null || ofInterest(ruleId))
				.map(({ line, ruleId, message }) => `${line}: ${ruleId ?? message}`)
		);
}, 120_000);

test.each(fixtures)('%s is refused exactly where it says so', (fixture) => {
	const path = resolve(root, fixture);
	const expected = readFileSync(path, 'utf8')
		.split('\n')
		.flatMap((line, index) =>
			(/✗ ([^>]*?)\s*(?:-->)?$/.exec(line)?.[1] ?? '')
				.split(' ')
				.filter((rule) => rule !== '')
				.map((rule) => `${index + 1}: ${rule}`)
		);
	expect(found.get(path)?.toSorted()).toEqual(expected.toSorted());
});

test('each folder of the import table has a fixture that it refuses', () => {
	const refused = fixtures.filter((fixture) =>
		found.get(resolve(root, fixture))?.some((one) => one.includes('no-restricted-imports'))
	);
	const folders = new Set(
		refused.map((fixture) => fixture.replace(/^src\/(lib\/|routes\/)?/, '').split('/')[0])
	);
	expect([...folders].sort()).toEqual([
		'(public)',
		'api',
		'cases',
		'cli',
		'commands',
		'demo',
		'domain',
		'local',
		'map',
		'server',
		'service-worker',
		'sync',
		'ui'
	]);
});
