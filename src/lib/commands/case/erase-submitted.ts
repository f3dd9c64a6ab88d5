import { z } from 'zod';
import { sha256 } from '#lib/domain/primitives.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/**
 * A retention or erasure act has taken away what was submitted: the answers go from the case, and
 * how to reach the people named. Their names and postal addresses stay, which the planning
 * register has to hold (Development Management Procedure Order 2015, article 40).
 */
export const eraseSubmitted = defineCommand({
	name: 'erase-submitted',
	sort: 'act',
	permission: 'register-only',
	offline: false,
	payload: z.strictObject({
		/** of the bytes that were erased */
		payloadSha256: sha256,
		/** its number in the erasure ledger */
		erasure: z.number().int().positive()
	}),
	run(file, { payloadSha256, erasure }, context) {
		if (file.case === undefined) return refuse('case-unknown');
		const sent = file.all('submission').filter((one) => one.payloadSha256 === payloadSha256);
		if (sent.length === 0) return { changes: [] };
		const changes: TypedRecord[] = sent.map((record) => ({
			kind: 'submission',
			record: { ...record, ownership: {}, cil: null, preAssessment: [], facts: [], answers: [] }
		}));
		for (const person of file.all('person'))
			changes.push({ kind: 'person', record: { ...person, email: null, phone: null, detail: {} } });
		return { changes: [...changes, happened(context, 'submission-erased', { erasure })] };
	}
});
