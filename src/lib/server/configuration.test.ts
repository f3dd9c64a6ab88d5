import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration } from './configuration.ts';

let dataDir: string;
beforeAll(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'bops-configuration-'));
	writeFileSync(join(dataDir, 'file'), '');
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const problems = (env: Record<string, string>) =>
	readConfiguration({ DATA_DIR: dataDir, ...env }).problems;

describe('the configuration', () => {
	test('has a default for everything but the data folder', () => {
		expect(readConfiguration({ DATA_DIR: dataDir })).toMatchObject({
			configuration: { port: 3000, host: null, origin: null, passwordSignIn: false },
			problems: []
		});
	});

	test('names every fault at once', () => {
		const found = problems({
			DATA_DIR: join(dataDir, 'nowhere'),
			PORT: 'http',
			ORIGIN: 'planning.example.gov.uk',
			PASSWORD_SIGN_IN: 'yes',
			LOG_LEVEL: 'loud'
		});
		expect(found.map((problem) => problem.split(' ', 1)[0])).toEqual([
			'DATA_DIR',
			'PORT',
			'ORIGIN',
			'PASSWORD_SIGN_IN',
			'LOG_LEVEL'
		]);
	});

	test.each([
		[{ DATA_DIR: 'FILE' }, /not a folder/],
		[{ PORT: '70000' }, /not a port number/],
		[{ ORIGIN: 'https://planning.example.gov.uk/path' }, /nothing else/],
		[{ ORIGIN: 'ftp://planning.example.gov.uk' }, /scheme and a host/]
	])('%j is refused', (env, words) => {
		const given = 'DATA_DIR' in env ? { DATA_DIR: join(dataDir, 'file') } : env;
		expect(problems(given).join()).toMatch(words);
	});

	test('an empty value is no value', () => {
		expect(problems({ PORT: '', ORIGIN: ' ' })).toEqual([]);
	});
});
