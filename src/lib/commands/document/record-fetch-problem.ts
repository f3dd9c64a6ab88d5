import { z } from 'zod';
import { id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';

/** The register tried to fetch a document named in a submission and could not: why, in words. */
export const recordFetchProblem = defineCommand({
	name: 'record-fetch-problem',
	sort: 'act',
	permission: 'register-only',
	offline: false,
	payload: z.strictObject({ id, problem: words(1_000).min(1) }),
	run(file, { id: documentId, problem }) {
		const document = file.get('document', documentId);
		if (document === undefined) return refuse('record-unknown');
		if (document.bytesReceivedAt !== null || document.fetchProblem === problem)
			return { changes: [] };
		return { changes: [{ kind: 'document', record: { ...document, fetchProblem: problem } }] };
	}
});
