import type Database from 'better-sqlite3';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { RegisterConnection } from '../register/open-register.ts';
import { upload } from './schema.ts';

export type UploadRow = typeof upload.$inferSelect;

type Ended = Pick<UploadRow, 'id' | 'state' | 'problem' | 'endedAt'>;

/** What the register knows of each upload, by statements prepared once: every request asks several times. */
export class UploadRows {
	readonly #orm: RegisterConnection['orm'];
	readonly #byId: { get(values: { id: string }): UploadRow | undefined };
	readonly #add: Database.Statement<[UploadRow]>;
	readonly #end: Database.Statement<[Ended]>;

	constructor({ orm, sqlite }: RegisterConnection) {
		this.#orm = orm;
		this.#byId = orm
			.select()
			.from(upload)
			.where(eq(upload.id, sql.placeholder('id')))
			.prepare();
		this.#add = sqlite.prepare(
			`insert into upload
				(id, case_id, of, record_id, sha256, size, officer_id, state, problem, started_at, ended_at)
			values (@id, @caseId, @of, @recordId, @sha256, @size, @officerId, @state, @problem, @startedAt, @endedAt)`
		);
		this.#end = sqlite.prepare(
			'update upload set state = @state, problem = @problem, ended_at = @endedAt where id = @id'
		);
	}

	get(id: string): UploadRow | undefined {
		return this.#byId.get({ id });
	}

	add(row: UploadRow): void {
		this.#add.run(row);
	}

	end(ended: Ended): void {
		this.#end.run(ended);
	}

	/** Ids of those that were begun before an instant and have come to no end. */
	openSince(before: string): string[] {
		return this.#orm
			.select({ id: upload.id })
			.from(upload)
			.where(and(eq(upload.state, 'open'), lt(upload.startedAt, before)))
			.all()
			.map(({ id }) => id);
	}
}
