import { caseDocument } from '#lib/domain/case-document.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** A document was put on the case by hand. Its bytes follow and are named by hash. */
export const addDocument = defineCommand({
	name: 'add-document',
	sort: 'capture',
	permission: 'add-document',
	offline: true,
	payload: caseDocument
		.pick({
			id: true,
			name: true,
			tags: true,
			description: true,
			drawingNumber: true,
			receivedOn: true
		})
		.extend({
			sha256: caseDocument.shape.sha256.unwrap(),
			mime: caseDocument.shape.mime.unwrap(),
			size: caseDocument.shape.size.unwrap()
		}),
	blobs: (payload) => [payload.sha256],
	run(file, added, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('document', added.id) !== undefined) return { changes: [] };
		return {
			changes: [
				{
					kind: 'document',
					record: {
						...added,
						caseId: file.caseId,
						sourceUrl: null,
						bytesReceivedAt: null,
						fetchProblem: null,
						publicRegisterStatus: 'not-assessed',
						writers: {}
					}
				},
				happened(
					context,
					'document-added',
					{ document: added.id, name: added.name },
					added.receivedOn
				)
			]
		};
	}
});
