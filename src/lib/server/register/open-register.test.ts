import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openRegister, type RegisterConnection } from './open-register.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let file: string;
const open: RegisterConnection[] = [];
const opened = (...args: Parameters<typeof openRegister>) => {
	const connection = openRegister(...args);
	open.push(connection);
	return connection;
};

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-open-'));
	file = join(folder, 'register.sqlite');
});
afterEach(() => {
	for (const { sqlite } of open.splice(0)) sqlite.close();
	rmSync(folder, { recursive: true });
});

const pragmas = ({ sqlite }: RegisterConnection) =>
	Object.fromEntries(
		[
			'journal_mode',
			'synchronous',
			'foreign_keys',
			'busy_timeout',
			'trusted_schema',
			'query_only'
		].map((name) => [name, sqlite.pragma(name, { simple: true })])
	);

describe('every connection', () => {
	const everywhere = { synchronous: 2, foreign_keys: 1, busy_timeout: 10000, trusted_schema: 0 };

	test('guarantee-08 one that writes flushes each commit, keeps foreign keys and trusts no schema', () => {
		expect(pragmas(opened(file))).toEqual({ ...everywhere, journal_mode: 'wal', query_only: 0 });
	});

	test('that reads can do nothing else', () => {
		opened(file);
		const reader = opened(file, { readonly: true });
		expect(pragmas(reader)).toEqual({ ...everywhere, journal_mode: 'wal', query_only: 1 });
		expect(() => reader.sqlite.exec(`insert into meta values ('a', 'b')`)).toThrow(/readonly/);
	});

	test('in memory is set like the rest', () => {
		expect(pragmas(opened(':memory:'))).toEqual({
			...everywhere,
			journal_mode: 'memory',
			query_only: 0
		});
	});

	test('after a migration still keeps foreign keys', () => {
		const { sqlite } = opened(file);
		expect(() =>
			sqlite.exec(`insert into scope (officer_id, case_id, reason) values ('a', 'b', 'c')`)
		).toThrow(/FOREIGN KEY/);
	});
});

test('nobody else on the machine can read the register or what SQLite keeps beside it', () => {
	const { sqlite } = opened(file);
	sqlite.exec(`insert into meta values ('a', 'b')`);
	for (const suffix of ['', '-wal', '-shm'])
		expect(statSync(file + suffix).mode & 0o777, suffix).toBe(0o600);
});

test('opening again finds the tables and leaves what is in them', () => {
	opened(file).sqlite.exec(`insert into meta values ('a', 'b')`);
	expect(opened(file).sqlite.prepare(`select value from meta where name = 'a'`).pluck().get()).toBe(
		'b'
	);
});

test('a register that is not there cannot be opened for reading, and is not made', () => {
	expect(() => openRegister(file, { readonly: true })).toThrow();
	expect(() => statSync(file)).toThrow(/ENOENT/);
});
