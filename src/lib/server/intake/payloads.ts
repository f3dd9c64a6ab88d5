import { and, asc, desc, eq, isNotNull, or } from 'drizzle-orm';
import type { Problem } from '#lib/domain/intake/odp.ts';
import type { RegisterConnection } from '../register/open-register.ts';
import type { Register } from '../register/register.ts';
import { submissionPayload, submissionProblem } from './schema.ts';

export type PayloadRow = typeof submissionPayload.$inferSelect;

/** The payloads of one council's register. Nothing leaves this table; what changes is what became of a payload. */
export class Payloads {
	readonly #db: RegisterConnection['orm'];

	constructor(register: Register) {
		this.#db = register.connection.orm;
	}

	get(id: string): PayloadRow | undefined {
		return this.#db.select().from(submissionPayload).where(eq(submissionPayload.id, id)).get();
	}

	add(row: PayloadRow): void {
		this.#db.insert(submissionPayload).values(row).run();
	}

	change(id: string, change: Partial<PayloadRow>): void {
		this.#db.update(submissionPayload).set(change).where(eq(submissionPayload.id, id)).run();
	}

	/** The same bytes, as they came earlier; the latest of them. */
	sameBytes(sha256: string): PayloadRow | undefined {
		return this.#db
			.select()
			.from(submissionPayload)
			.where(eq(submissionPayload.sha256, sha256))
			.orderBy(desc(submissionPayload.receivedAt), desc(submissionPayload.id))
			.get();
	}

	/** The payload of this sender's id that became a case, or was judged to belong to one. */
	settledSource(sourceId: string): PayloadRow | undefined {
		return this.#db
			.select()
			.from(submissionPayload)
			.where(
				and(
					eq(submissionPayload.sourceId, sourceId),
					isNotNull(submissionPayload.caseId),
					or(eq(submissionPayload.state, 'filed'), eq(submissionPayload.state, 'attached'))
				)
			)
			.orderBy(asc(submissionPayload.receivedAt), asc(submissionPayload.id))
			.get();
	}

	problems(id: string): Problem[] {
		return this.#db
			.select({ path: submissionProblem.path, problem: submissionProblem.problem })
			.from(submissionProblem)
			.where(eq(submissionProblem.payloadId, id))
			.orderBy(asc(submissionProblem.n))
			.all();
	}

	setProblems(id: string, problems: readonly Problem[]): void {
		this.#db.delete(submissionProblem).where(eq(submissionProblem.payloadId, id)).run();
		for (const [n, problem] of problems.entries())
			this.#db
				.insert(submissionProblem)
				.values({ payloadId: id, n, ...problem })
				.run();
	}

	/** The versions that this one mends, newest first. */
	*mended(row: PayloadRow): Generator<PayloadRow> {
		for (let earlier = row.mends; earlier !== null;) {
			const version = this.get(earlier);
			if (version === undefined) return;
			yield version;
			earlier = version.mends;
		}
	}
}
