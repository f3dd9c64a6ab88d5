import { z } from 'zod';
import { caseDocument } from '#lib/domain/case-document.ts';
import { sha256, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/**
 * The same submission came again with other content, and somebody has found that it belongs to
 * this case: the files it names join the case, and the timeline says who decided and why.
 */
export const attachResubmission = defineCommand({
	name: 'attach-resubmission',
	sort: 'act',
	permission: 'decide-resubmission',
	offline: false,
	payload: z.strictObject({
		/** of the bytes that came again; the register keeps them */
		payloadSha256: sha256,
		reason: words(2_000).min(1),
		/** named by the resubmission and not yet on the case */
		documents: z.array(caseDocument)
	}),
	run(file, { payloadSha256, reason, documents }, context) {
		if (file.case === undefined) return refuse('case-unknown');
		return {
			changes: [
				...documents.map((record) => ({ kind: 'document' as const, record })),
				happened(context, 'resubmission-attached', {
					payloadSha256,
					reason,
					documents: documents.map(({ name }) => name)
				})
			]
		};
	}
});
