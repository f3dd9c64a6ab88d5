import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { ErasableKind } from '#lib/domain/erasure.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { blob } from '../blobs/schema.ts';
import { submissionPayload } from '../intake/schema.ts';
import { retirePayload, type NotDone } from '../intake/desk.ts';
import { audited } from '../register/audited.ts';
import type { Register } from '../register/register.ts';
import { applyErasure } from './apply-erasures.ts';
import { isOfRecords, type RecordsErasure } from './ledger.ts';

export interface ErasureAct {
	caseId: string;
	things: { kind: ErasableKind; id: string }[];
	reason: string;
	now: Date;
}

/**
 * A recorded act of erasure on records of a case: in the ledger and on its disk first, then everywhere
 * in the register, in one transaction. With a person goes what was submitted as it came, which
 * says more of them than their record.
 */
export function eraseRecordsOf(
	register: Register,
	officer: Officer,
	{ caseId, things, reason, now }: ErasureAct
): { erased: number } | NotDone {
	return register.transaction(() => {
		const file = register.caseFile(caseId);
		if (file.case === undefined) return { notDone: 'This case is not on the register.' };
		const missing = things.some(({ kind, id }) => file.get(kind, id) === undefined);
		if (missing) return { notDone: 'Some of this is not on the case any more. Reload the page.' };
		const bytes = things.flatMap(({ kind, id }) => {
			if (kind === 'photo') {
				const photo = file.get(kind, id);
				return [photo?.sha256, photo?.thumbnailSha256];
			}
			return kind === 'document' ? [file.get(kind, id)?.sha256] : [];
		});
		if (things.some(({ kind }) => kind === 'person'))
			for (const { id } of register.connection.orm
				.select({ id: submissionPayload.id, bytes: submissionPayload.bytes })
				.from(submissionPayload)
				.where(eq(submissionPayload.caseId, caseId))
				.all()
				.filter((row) => row.bytes !== null))
				retirePayload(register, officer, { id, reason, now });
		const act = {
			at: now.toISOString(),
			caseId,
			things,
			bytes: [...new Set(bytes.filter((sha256) => sha256 != null))],
			by: officer.id,
			reason
		};
		audited(
			register,
			now,
			'records-erased',
			{ by: officer.id, caseId, things: things.length },
			reason
		);
		const erasure = register.erasures?.append<RecordsErasure>(act) ?? { n: 1, ...act, hash: '' };
		applyErasure(register, erasure, now);
		return { erased: things.length };
	});
}

/**
 * Removes files of erased bytes that no record names any more. Also after a restore, which brings them back
 * with a backup of before the act.
 */
export function dropErasedFiles(register: Register, folder: string): number {
	let dropped = 0;
	for (const { bytes } of register.erasures?.read().entries.filter(isOfRecords) ?? [])
		for (const sha256 of bytes) {
			const named = register.connection.orm
				.select({ sha256: blob.sha256 })
				.from(blob)
				.where(eq(blob.sha256, sha256))
				.get();
			if (named !== undefined) continue;
			rmSync(join(folder, 'blobs', sha256.slice(0, 2), sha256), { force: true });
			dropped++;
		}
	return dropped;
}
