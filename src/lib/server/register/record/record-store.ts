import { asc, eq, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
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
	clock: tables.caseClock
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
	clock: true
};

type Stored = TypedRecord['record'] & { seq: number };
type Connection = Pick<RegisterConnection, 'orm' | 'sqlite'>;

interface Statements {
	ofCase: { all(values: { caseId: string }): unknown[] };
	byId: { get(values: { id: string }): unknown };
	/** how many rows were written: 0 or 1 */
	put(values: Record<string, unknown>): number;
}

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
		return recordKinds.flatMap((kind) =>
			(this.#statements[kind].ofCase.all({ caseId }) as Stored[]).map((row) => pulled(kind, row))
		);
	}

	get(kind: RecordKind, id: string): PulledRecord | undefined {
		const row = this.#statements[kind].byId.get({ id }) as Stored | undefined;
		return row === undefined ? undefined : pulled(kind, row);
	}

	caseFile(caseId: string): CaseFile {
		return CaseFile.of(caseId, this.ofCase(caseId));
	}

	/** False when this id belongs to another case: nothing has been written then. */
	put({ kind, record }: TypedRecord, seq: number): boolean {
		return this.#statements[kind].put({ ...record, seq }) === 1;
	}
}

function pulled(kind: RecordKind, { seq, ...record }: Stored): PulledRecord {
	return { kind, record, seq } as PulledRecord;
}

/** Drizzle writes a null into a JSON column as the text "null" when it comes by placeholder; this does not. */
function prepare({ orm, sqlite }: Connection, kind: RecordKind): Statements {
	const of = tableOf[kind] as typeof tables.pin;
	const columns = Object.entries(getTableColumns(of));
	const put = sqlite.prepare(
		`insert into "${getTableName(of)}" (${columns.map(([, column]) => `"${column.name}"`).join(', ')})
		values (${columns.map(([name]) => `@${name}`).join(', ')})
		on conflict (id) do update set ${columns
			.filter(([name]) => name !== 'id' && name !== 'caseId')
			.map(([, column]) => `"${column.name}" = excluded."${column.name}"`)
			.join(', ')}
		where case_id = excluded.case_id`
	);
	return {
		ofCase: orm
			.select()
			.from(of)
			// a case's own row is found by its id: there is no index on its case id, and need not be
			.where(eq(kind === 'case' ? of.id : of.caseId, sql.placeholder('caseId')))
			.orderBy(asc(of.id))
			.prepare(),
		byId: orm
			.select()
			.from(of)
			.where(eq(of.id, sql.placeholder('id')))
			.prepare(),
		put: (values) =>
			put.run(
				Object.fromEntries(
					columns.map(([name, column]) => {
						const value = values[name] ?? null;
						return [name, value === null ? null : column.mapToDriverValue(value)];
					})
				)
			).changes
	};
}
