import { z } from 'zod';
import { caseDocument } from '#lib/domain/case-document.ts';
import { id, sha256 } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** The register has these bytes on disk and has verified them by hash. Only the register can say so. */
export const confirmBytes = defineCommand({
	name: 'confirm-bytes',
	sort: 'act',
	permission: 'register-only',
	offline: false,
	payload: z.discriminatedUnion('of', [
		z.strictObject({ of: z.literal('original'), id, sha256 }),
		z.strictObject({ of: z.literal('thumbnail'), id, sha256 }),
		z.strictObject({
			of: z.literal('document'),
			id,
			sha256,
			mime: z.string(),
			size: caseDocument.shape.size.unwrap()
		})
	]),
	run(file, confirmed, context) {
		const at = context.envelope.captured.wall;
		if (confirmed.of === 'document') {
			const document = file.get('document', confirmed.id);
			if (document === undefined) return refuse('record-unknown');
			if (document.bytesReceivedAt !== null) return { changes: [] };
			const { sha256: hash, mime, size } = confirmed;
			// a document put on the case by hand is named by the hash of its bytes from the start
			if (document.sha256 !== null && document.sha256 !== hash) return refuse('value-not-accepted');
			return {
				changes: [
					{
						kind: 'document',
						record: {
							...document,
							sha256: hash,
							mime,
							size,
							bytesReceivedAt: at,
							fetchProblem: null
						}
					},
					happened(context, 'document-received', { document: document.id, name: document.name })
				]
			};
		}
		const photo = file.get('photo', confirmed.id);
		if (photo === undefined) return refuse('record-unknown');
		if (confirmed.of === 'thumbnail') {
			if (photo.thumbnailSha256 !== confirmed.sha256) return refuse('value-not-accepted');
			if (photo.thumbnailReceivedAt !== null) return { changes: [] };
			return { changes: [{ kind: 'photo', record: { ...photo, thumbnailReceivedAt: at } }] };
		}
		if (photo.sha256 !== confirmed.sha256) return refuse('value-not-accepted');
		if (photo.originalReceivedAt !== null) return { changes: [] };
		return {
			changes: [
				{ kind: 'photo', record: { ...photo, originalReceivedAt: at } },
				happened(context, 'photo-received', { photo: photo.id, number: photo.number })
			]
		};
	}
});
