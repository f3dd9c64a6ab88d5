import { and, eq, sql } from 'drizzle-orm';
import type { BytesReceipt, UploadMetadata } from '#lib/commands/protocol.ts';
import { preparedOnce } from '../register/prepared-once.ts';
import type { Register } from '../register/register.ts';
import type { KeptBytes } from './finalise.ts';
import { blob, bytesReceived } from './schema.ts';

/** Whose bytes: one photo's original or thumbnail, or one document's file. */
export type Whose = Pick<UploadMetadata, 'caseId' | 'of' | 'id'>;

const rowOf = (whose: Whose, sha256: string) =>
	and(
		eq(bytesReceived.caseId, whose.caseId),
		eq(bytesReceived.of, whose.of),
		eq(bytesReceived.recordId, whose.id),
		eq(bytesReceived.sha256, sha256)
	);

const statements = preparedOnce(({ orm, sqlite }) => ({
	receipt: orm
		.select({ seq: bytesReceived.seq, receipt: bytesReceived.receipt })
		.from(bytesReceived)
		.where(
			and(
				eq(bytesReceived.caseId, sql.placeholder('caseId')),
				eq(bytesReceived.of, sql.placeholder('of')),
				eq(bytesReceived.recordId, sql.placeholder('id')),
				eq(bytesReceived.sha256, sql.placeholder('sha256'))
			)
		)
		.prepare(),
	heldInCase: orm
		.select({ blob })
		.from(bytesReceived)
		.innerJoin(blob, eq(blob.sha256, bytesReceived.sha256))
		.where(
			and(
				eq(bytesReceived.caseId, sql.placeholder('caseId')),
				eq(bytesReceived.sha256, sql.placeholder('sha256'))
			)
		)
		.prepare(),
	keep: sqlite.prepare<[KeptBytes & { keptAt: string }]>(
		`insert into blob (sha256, size, mime, width, height, picture_problem, kept_at)
		values (@sha256, @size, @mime, @width, @height, @pictureProblem, @keptAt)
		on conflict (sha256) do update set size = excluded.size, mime = excluded.mime,
			width = excluded.width, height = excluded.height,
			picture_problem = excluded.picture_problem, kept_at = excluded.kept_at`
	),
	note: sqlite.prepare<[Record<string, string | number>]>(
		`insert into bytes_received
			(case_id, of, record_id, sha256, brought_by, received_at, seq, receipt, confirmed)
		values (@caseId, @of, @id, @sha256, @broughtBy, @receivedAt, @seq, @receipt, @confirmed)`
	),
	waiting: orm
		.select({ row: bytesReceived, blob })
		.from(bytesReceived)
		.innerJoin(blob, eq(blob.sha256, bytesReceived.sha256))
		.where(eq(bytesReceived.confirmed, false))
		.prepare()
}));

/** The receipt already given for these bytes of this record, if any. */
export function receiptOf(register: Register, whose: Whose, sha256: string): BytesReceipt | null {
	const { caseId, of, id } = whose;
	const row = statements(register.connection).receipt.get({ caseId, of, id, sha256 });
	return row === undefined ? null : { sha256, seq: row.seq, receipt: row.receipt };
}

/** Bytes known in this case under another record; what other cases hold is never told. */
export function heldInCase(register: Register, caseId: string, sha256: string): KeptBytes | null {
	return statements(register.connection).heldInCase.get({ caseId, sha256 })?.blob ?? null;
}

/**
 * Commits that verified bytes are here for one record. This commit is the receipt: before it
 * nobody has been promised anything, after it a power cut takes nothing back.
 *
 * @param from officer id, or `system` when the register fetched them itself
 */
export function receiveBytes(
	register: Register,
	kept: KeptBytes,
	whose: Whose,
	from: string,
	now: Date
): BytesReceipt {
	return register.transaction(() => {
		const earlier = receiptOf(register, whose, kept.sha256);
		if (earlier !== null) return earlier;
		const at = now.toISOString();
		const { keep, note } = statements(register.connection);
		keep.run({ ...kept, keptAt: at });
		const { seq, receipt, confirmed } = confirm(register, whose, kept);
		note.run({
			caseId: whose.caseId,
			of: whose.of,
			id: whose.id,
			sha256: kept.sha256,
			broughtBy: from,
			receivedAt: at,
			seq,
			receipt,
			confirmed: Number(confirmed)
		});
		if (!confirmed) confirmWaitingBytes(register);
		return { sha256: kept.sha256, seq, receipt };
	});
}

/** Tells the devices; refused while the words these bytes belong to wait in quarantine. */
function confirm(
	register: Register,
	{ caseId, of, id }: Whose,
	{ sha256, mime, size }: Pick<KeptBytes, 'sha256' | 'mime' | 'size'>
): { seq: number; receipt: string; confirmed: boolean } {
	const payload = of === 'document' ? { of, id, sha256, mime, size } : { of, id, sha256 };
	const [answer] = register.performAs('system', [{ name: 'confirm-bytes', caseId, payload }]);
	if (answer === undefined) throw new Error('The register gave no answer to confirm-bytes.');
	return { seq: answer.seq, receipt: answer.receipt, confirmed: answer.outcome === 'applied' };
}

/**
 * Bytes whose words waited in quarantine when they came: confirms those that a record names by now.
 * To be called after a quarantined command was accepted; its record may have got another id then.
 */
export function confirmWaitingBytes(register: Register): void {
	const { orm: db } = register.connection;
	const waiting = statements(register.connection).waiting.all();
	for (const { row, blob: kept } of waiting)
		register.transaction(() => {
			const ids = naming(register, row.caseId, row.of, row.sha256);
			for (const id of ids) confirm(register, { caseId: row.caseId, of: row.of, id }, kept);
			if (ids.length === 0) return;
			const whose = { caseId: row.caseId, of: row.of, id: row.recordId };
			db.update(bytesReceived).set({ confirmed: true }).where(rowOf(whose, row.sha256)).run();
		});
}

/** The records of a case that name these bytes. */
function naming(register: Register, caseId: string, of: Whose['of'], sha256: string): string[] {
	const file = register.caseFile(caseId);
	if (of === 'document')
		return file.all('document').flatMap((one) => (one.sha256 === sha256 ? [one.id] : []));
	const hash = of === 'original' ? 'sha256' : 'thumbnailSha256';
	return file.all('photo').flatMap((one) => (one[hash] === sha256 ? [one.id] : []));
}
