import { eq } from 'drizzle-orm';
import { submissionPayload, submissionProblem } from '../intake/schema.ts';
import { audited } from '../register/audited.ts';
import type { Register } from '../register/register.ts';
import { applyRecordsErasure } from './apply-records-erasure.ts';
import { unlinkAudit } from './unlink-audit.ts';
import { isOfRecords, type Erasure, type PayloadErasure } from './ledger.ts';

const applied = 'erasures-applied';

/**
 * Puts a register right that does not have every act of its erasure ledger in effect: because it
 * was restored from before it, or the power went between the ledger's disk and the register's.
 */
export function catchUpErasures(register: Register, now: Date): number {
	const entries = register.erasures?.read().entries ?? [];
	const done = countApplied(register);
	for (const entry of entries.slice(done)) applyErasure(register, entry, now);
	return Math.max(0, entries.length - done);
}

/** How many entries of the ledger this register has in effect. */
export function countApplied({ connection }: Register): number {
	return (
		connection.sqlite
			.prepare<[string], number>('select value from counter where name = ?')
			.pluck()
			.get(applied) ?? 0
	);
}

/** The act that erased these very bytes, when they come again after a restore. */
export const erasureOf = (register: Register, sha256: string): PayloadErasure | undefined =>
	register.erasures
		?.read()
		.entries.find((one): one is PayloadErasure => !isOfRecords(one) && one.sha256 === sha256);

/** Takes away what one act erased, wherever this register has it. A second time finds nothing left. */
export function applyErasure(register: Register, erasure: Erasure, now: Date): void {
	register.transaction(() => {
		if (isOfRecords(erasure)) applyRecordsErasure(register, erasure, now);
		else applyPayloadErasure(register, erasure, now);
		const counted = Math.max(countApplied(register), erasure.n);
		register.connection.sqlite
			.prepare(
				`insert into counter (name, value) values (?, ?)
				on conflict (name) do update set value = excluded.value`
			)
			.run(applied, counted);
	});
}

function applyPayloadErasure(register: Register, erasure: PayloadErasure, now: Date): void {
	const { orm } = register.connection;
	for (const row of orm
		.select({
			id: submissionPayload.id,
			bytes: submissionPayload.bytes,
			caseId: submissionPayload.caseId
		})
		.from(submissionPayload)
		.where(eq(submissionPayload.sha256, erasure.sha256))
		.all()) {
		if (row.bytes !== null)
			orm
				.update(submissionPayload)
				.set({
					bytes: null,
					retiredBy: erasure.by,
					retiredAt: erasure.at,
					retiredReason: erasure.reason
				})
				.where(eq(submissionPayload.id, row.id))
				.run();
		// they may quote what was sent
		orm.delete(submissionProblem).where(eq(submissionProblem.payloadId, row.id)).run();
		if (row.caseId !== null) eraseOnCase(register, row.caseId, erasure);
	}
	audited(register, now, 'erasure-applied', {
		erasure: erasure.n,
		payload: erasure.payload,
		sha256: erasure.sha256
	});
}

/** From the case and its devices, and from the commands that brought it there. */
function eraseOnCase(register: Register, caseId: string, { n, sha256 }: PayloadErasure): void {
	const { sqlite } = register.connection;
	const made = { payloadSha256: sha256, erasure: n };
	const file = register.caseFile(caseId);
	const done = file
		.all('event')
		.some((one) => one.type === 'submission-erased' && one.detail['erasure'] === n);
	const sent = file.all('submission').some((one) => one.payloadSha256 === sha256);
	if (sent && !done) {
		const [answer] = register.performAs('system', [
			{ name: 'erase-submitted', caseId, payload: made }
		]);
		if (answer?.outcome !== 'applied')
			throw new Error(`An erasure was not applied to a case: ${answer?.code ?? 'no answer'}.`);
	}
	const brought = sqlite
		.prepare<[string, string], { id: string; received_at: string }>(
			`select id, received_at from command_log
			where case_id = ? and name = 'file-case'
			and json_extract(envelope, '$.payload.submission.payloadSha256') = ?`
		)
		.all(caseId, sha256);
	for (const { id, received_at } of brought) {
		sqlite
			.prepare(
				`update command_log
				set envelope = json_set(envelope, '$.payload', json_object('erased', cast(? as integer))) where id = ?`
			)
			.run(n, id);
		unlinkAudit(register, id, received_at);
	}
}
