import { eq } from 'drizzle-orm';
import type { UploadMetadata } from '#lib/commands/protocol.ts';
import { quarantine } from '../register/schema.ts';
import type { Register } from '../register/register.ts';

/** A record of this case, or a command that a person decides or has decided on, names these bytes. */
export interface Named {
	/** bytes, as the words say; null when they do not */
	size: number | null;
}

/**
 * Bytes are authorised through words that arrived before them, never by their hash alone.
 * Null: no record of this case names these bytes, nor does a command of it that was set aside;
 * what a team leader declined is kept whole too, with its bytes.
 */
export function namedBytes(register: Register, bytes: UploadMetadata): Named | null {
	const { caseId, id } = bytes;
	// erased: a device that still has them hears of it with what changed, and lets them go
	const acts = register.erasures?.ofCase(caseId) ?? [];
	if (acts.some(({ things }) => things.some((one) => one.id === id))) return null;
	if (bytes.of === 'document') {
		const document = register.record(caseId, 'document', id);
		if (document?.sha256 === bytes.sha256) return { size: document.size };
	} else {
		const photo = register.record(caseId, 'photo', id);
		if (bytes.of === 'original' && photo?.sha256 === bytes.sha256) return { size: photo.size };
		if (bytes.of === 'thumbnail' && photo?.thumbnailSha256 === bytes.sha256) return { size: null };
	}
	return isInQuarantine(register, bytes) ? { size: null } : null;
}

function isInQuarantine(register: Register, { caseId, sha256 }: UploadMetadata): boolean {
	return register.connection.orm
		.select({ envelope: quarantine.envelope })
		.from(quarantine)
		.where(eq(quarantine.caseId, caseId))
		.all()
		.some(({ envelope }) => {
			const { blobs } = JSON.parse(envelope) as { blobs?: unknown };
			return Array.isArray(blobs) && blobs.includes(sha256);
		});
}
