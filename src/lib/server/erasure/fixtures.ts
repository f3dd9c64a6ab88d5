import type { Register } from '../register/register.ts';

/** For tests: the tables of a register that still hold these words, the search index included. */
export function tablesHolding({ connection }: Register, words: string): string[] {
	const { sqlite } = connection;
	const tables = sqlite
		.prepare<[], string>(
			`select name from sqlite_master where type = 'table'
			and (name not like 'case_%' or name in ('case_text', 'case_text_content'))`
		)
		.pluck()
		.all();
	return tables.filter((table) =>
		sqlite
			.prepare(`select * from "${table}"`)
			.all()
			.some((row) =>
				Object.values(row as object).some((value) =>
					Buffer.isBuffer(value) ? value.includes(words) : String(value).includes(words)
				)
			)
	);
}
