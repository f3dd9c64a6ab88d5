import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { openRegister } from './open-register.ts';

interface Column {
	name: string;
	type: string;
	notnull: number;
	pk: number;
}

test('the migrations make exactly the tables, columns and indexes that the schemas say', async () => {
	const { sqlite } = openRegister(':memory:');
	const said = new Map<string, SQLiteTable>();
	for (const file of globSync('src/lib/server/**/schema.ts'))
		for (const one of Object.values((await import(resolve(file))) as Record<string, unknown>))
			if (is(one, SQLiteTable)) said.set(getTableConfig(one).name, one);
	const names = (sql: string) => sqlite.prepare<[], string>(sql).pluck().all().toSorted();

	expect(
		names(
			`select name from sqlite_master where type = 'table'
			and name not like 'sqlite_%' and name not like '__drizzle_%' and name not like 'case_text%'
			and name not like 'case_space%'`
		)
	).toEqual([...said.keys()].toSorted());
	for (const [name, table] of said) {
		const { columns, indexes } = getTableConfig(table);
		const made = sqlite.prepare<[], Column>(`select * from pragma_table_info('${name}')`).all();
		expect(
			made.map((column) => [column.name, column.type.toLowerCase(), column.notnull === 1]),
			name
		).toEqual(columns.map((column) => [column.name, column.getSQLType(), column.notNull]));
		expect(
			names(
				`select name from sqlite_master where type = 'index' and sql is not null
				and tbl_name = '${name}' and name not like '%_unique'`
			),
			name
		).toEqual(indexes.map((index) => index.config.name).toSorted());
	}
	sqlite.close();
});
