import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';

/** An open register file: the same connection as SQL text and as Drizzle. */
export interface RegisterConnection {
	sqlite: Database.Database;
	orm: BetterSQLite3Database;
	/** path, or `:memory:` */
	file: string;
	readonly: boolean;
}

export interface OpenOptions {
	readonly?: boolean;
	/** told every statement as it runs */
	trace?: ((sql: string) => void) | undefined;
}

/**
 * The only place that opens a database.
 * A commit is on the disk when it returns: in WAL mode that needs `synchronous = FULL`,
 * because the driver's default (NORMAL) does not flush a commit.
 */
export function openRegister(
	file: string,
	{ readonly = false, trace }: OpenOptions = {}
): RegisterConnection {
	const inMemory = file === ':memory:';
	// SQLite gives its -wal and -shm files the mode of the database file
	if (!inMemory && !readonly) closeSync(openSync(file, 'a', 0o600));
	const sqlite = new Database(file, {
		readonly,
		fileMustExist: readonly,
		...(trace === undefined ? {} : { verbose: (sql) => trace(String(sql)) })
	});
	sqlite.pragma('busy_timeout = 10000');
	if (!readonly) sqlite.pragma('journal_mode = WAL');
	sqlite.pragma('synchronous = FULL');
	sqlite.pragma('foreign_keys = ON');
	sqlite.pragma('trusted_schema = OFF');
	if (readonly) sqlite.pragma('query_only = ON');
	const connection = { sqlite, orm: drizzle(sqlite), file, readonly };
	if (!readonly) bringUpToDate(connection);
	return connection;
}

/**
 * Holds a file against every other process and thread until it is let go; a process that dies lets
 * go of what it holds. SQLite's own lock: it needs no clean-up and works on every system.
 *
 * @returns the way to let go; null when somebody else holds it
 */
export function holdFile(file: string): (() => void) | null {
	const held = new Database(file);
	held.pragma('busy_timeout = 0');
	try {
		held.exec('begin exclusive');
	} catch (problem) {
		held.close();
		if (problem instanceof Database.SqliteError && problem.code === 'SQLITE_BUSY') return null;
		throw problem;
	}
	return () => held.close();
}

/**
 * Whether any process has this register open, told by SQLite: leaving WAL mode needs a file to itself.
 * The file is as good afterwards; whoever opens it for writing brings it back to WAL.
 *
 * @throws when the file is too damaged to tell
 */
export function isOpenElsewhere(file: string): boolean {
	const probe = new Database(file, { fileMustExist: true });
	try {
		probe.pragma('busy_timeout = 0');
		probe.pragma('journal_mode = DELETE');
		return false;
	} catch (problem) {
		if (problem instanceof Database.SqliteError && problem.code === 'SQLITE_BUSY') return true;
		throw problem;
	} finally {
		probe.close();
	}
}

const migrationsFolder = () => resolve('drizzle');

/**
 * Applies the migrations that this file has not had. Two processes may open a register at the
 * same moment: the one that comes second finds the work done and goes on.
 */
function bringUpToDate({ sqlite, orm }: RegisterConnection): void {
	const newest = Math.max(
		...readMigrationFiles({ migrationsFolder: migrationsFolder() }).map((one) => one.folderMillis)
	);
	for (let attempt = 1; !isUpToDate(sqlite, newest); attempt += 1) {
		try {
			migrate(orm, { migrationsFolder: migrationsFolder() });
		} catch (problem) {
			if (attempt >= 5) throw problem;
		}
	}
}

function isUpToDate(sqlite: Database.Database, newest: number): boolean {
	const known = sqlite
		.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`)
		.get();
	if (known === undefined) return false;
	const last = sqlite
		.prepare<[], { at: number | null }>('select max(created_at) as at from __drizzle_migrations')
		.get();
	return Number(last?.at ?? 0) >= newest;
}

/** A full disk, a busy or a broken file: no fault of what was being written. */
export const isTroubleOfTheMachine = (problem: unknown): boolean =>
	problem instanceof Database.SqliteError && !problem.code.startsWith('SQLITE_CONSTRAINT');
