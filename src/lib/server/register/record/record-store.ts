import type Database from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { CaseFile } from '#lib/commands/case-file.ts';
import type { PulledRecord } from '#lib/commands/protocol.ts';
import {
	recordKinds,
	type RecordKind,
	type RecordOf,
	type TypedRecord
} from '#lib/domain/records.ts';
import type { RegisterConnection } from '../open-register.ts';
import * as tables from './schema.ts';

/** The table of each kind of record. */
export const tableOf = {
	case: tables.planningCase,
	submission: tables.submission,
	person: tables.person,
	document: tables.document,
	constraint: tables.siteConstraint,
	visit: tables.visit,
	photo: tables.photo,
	measurement: tables.measurement,
	note: tables.note,
	conflict: tables.conflict,
	event: tables.timelineEvent,
	pin: tables.pin,
	facts: tables.caseFacts,
	finding: tables.finding,
	clock: tables.caseClock,
	payment: tables.payment,
	check: tables.checkAnswer
} as const satisfies Record<RecordKind, SQLiteTable>;

type Row<K extends RecordKind> = Omit<(typeof tableOf)[K]['$inferSelect'], 'seq'>;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Does not compile when a table and its record differ in a column or a type. */
export const tablesAreRecords: { [K in RecordKind]: Same<Row<K>, RecordOf<K>> } = {
	case: true,
	submission: true,
	person: true,
	document: true,
	constraint: true,
	visit: true,
	photo: true,
	measurement: true,
	note: true,
	conflict: true,
	event: true,
	pin: true,
	facts: true,
	finding: true,
	clock: true,
	payment: true,
	check: true
};

type Connection = Pick<RegisterConnection, 'sqlite'>;
type Written = Record<string, string | number | null>;

interface Statements {
	ofCase: Database.Statement<[string], Stored>;
	byId: Database.Statement<[string], Stored>;
	put: Database.Statement<[Written]>;
	/** columns that SQLite holds in another form than the record */
	inOtherForm: readonly { name: string; column: AnySQLiteColumn }[];
	columns: readonly [string, AnySQLiteColumn][];
}

/** A row with the names of the record: its columns are `inOtherForm` still. */
type Stored = Record<string, unknown> & { seq?: number };

/** Reads and writes records, whatever their kind, by statements prepared once. */
export class RecordStore {
	readonly #statements: Record<RecordKind, Statements>;

	constructor(connection: Connection) {
		this.#statements = Object.fromEntries(
			recordKinds.map((kind) => [kind, prepare(connection, kind)])
		) as Record<RecordKind, Statements>;
	}

	/** Every record of a case with the number of its last change. */
	ofCase(caseId: string): PulledRecord[] {
		const all: PulledRecord[] = [];
		for (const kind of recordKinds) {
			const statements = this.#statements[kind];
			for (const row of statements.ofCase.all(caseId)) all.push(pulled(kind, row, statements));
		}
		return all;
	}

	get(kind: RecordKind, id: string): PulledRecord | undefined {
		const statements = this.#statements[kind];
		const row = statements.byId.get(id);
		return row === undefined ? undefined : pulled(kind, row, statements);
	}

	caseFile(caseId: string): CaseFile {
		return CaseFile.of(caseId, this.ofCase(caseId));
	}

	/** False when this id belongs to another case: nothing has been written then. */
	put({ kind, record }: TypedRecord, seq: number): boolean {
		const { put, columns } = this.#statements[kind];
		const values = { ...record, seq } as Record<string, unknown>;
		const row: Written = {};
		for (const [name, column] of columns) {
			const value = values[name] ?? null;
			row[name] = value === null ? null : (column.mapToDriverValue(value) as string | number);
		}
		return put.run(row).changes === 1;
	}
}

/** Makes the record of its row, in place: nobody else has the row. */
function pulled(kind: RecordKind, row: Stored, { inOtherForm }: Statements): PulledRecord {
	for (const { name, column } of inOtherForm) {
		const value = row[name];
		if (value !== null) row[name] = column.mapFromDriverValue(value);
	}
	const { seq } = row;
	delete row.seq;
	return { kind, record: row, seq } as unknown as PulledRecord;
}

/**
 * Every command reads a whole case, and every first download many: rows are read as objects, not by
 * Drizzle's mapper, which takes several times as long.
 */
function prepare({ sqlite }: Connection, kind: RecordKind): Statements {
	const of = tableOf[kind] as typeof tables.pin;
	const table = `"${getTableName(of)}"`;
	const columns = Object.entries(getTableColumns(of)) as [string, AnySQLiteColumn][];
	const read = `select ${columns.map(([name, column]) => `"${column.name}" as "${name}"`).join(', ')} from ${table}`;
	// a case's own row is found by its id: there is no index on its case id, and need not be
	const own = kind === 'case' ? 'id' : 'case_id';
	return {
		ofCase: sqlite.prepare(`${read} where ${own} = ? order by id`),
		byId: sqlite.prepare(`${read} where id = ?`),
		put: sqlite.prepare(
			`insert into ${table} (${columns.map(([, column]) => `"${column.name}"`).join(', ')})
			values (${columns.map(([name]) => `@${name}`).join(', ')})
			on conflict (id) do update set ${columns
				.filter(([name]) => name !== 'id' && name !== 'caseId')
				.map(([, column]) => `"${column.name}" = excluded."${column.name}"`)
				.join(', ')}
			where case_id = excluded.case_id`
		),
		columns,
		inOtherForm: columns
			.filter(([, { dataType }]) => dataType === 'json' || dataType === 'boolean')
			.map(([name, column]) => ({ name, column }))
	};
}
