import { caseDocument } from '#lib/domain/case-document.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/**
 * The file of a document that a submission named and nobody has received was supplied by hand.
 * Its bytes follow and are named by hash.
 */
export const supplyDocument = defineCommand({
	name: 'supply-document',
	sort: 'act',
	permission: 'add-document',
	offline: true,
	payload: caseDocument.pick({ id: true }).extend({
		sha256: caseDocument.shape.sha256.unwrap(),
		mime: caseDocument.shape.mime.unwrap(),
		size: caseDocument.shape.size.unwrap()
	}),
	blobs: (payload) => [payload.sha256],
	run(file, { id, sha256, mime, size }, context) {
		const document = file.get('document', id);
		if (document === undefined) return refuse('record-unknown');
		if (document.sha256 === sha256) return { changes: [] };
		if (document.sha256 !== null)
			return refuse('already-exists', 'Somebody has supplied this file.');
		return {
			changes: [
				{ kind: 'document', record: { ...document, sha256, mime, size, fetchProblem: null } },
				happened(context, 'document-supplied', { document: id, name: document.name })
			]
		};
	}
});
