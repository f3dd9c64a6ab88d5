import { z } from 'zod';
import { id, instant, sha256, writers } from './primitives.ts';

const answer = z.strictObject({
	section: z.string().nullable(),
	question: z.string(),
	answers: z.array(z.string()),
	autoAnswered: z.boolean(),
	/** metadata we keep but do not interpret: policy references, flags, notes */
	notes: z.array(z.string())
});
export type SubmittedAnswer = z.infer<typeof answer>;

/** Pounds sterling as stated in the submission. Money is text in pence-exact form when stored elsewhere. */
const money = z.number().nullable();

/** What the applicant sent, as an officer reads it. The payload itself is kept byte for byte by the register. */
export const submission = z.strictObject({
	id,
	caseId: id,
	/** the sender's id (`metadata.id`) */
	sourceId: z.string(),
	source: z.string(),
	schema: z.string().nullable(),
	receivedAt: instant,
	submittedAt: z.string().nullable(),
	payloadSha256: sha256,
	/** applicant, agent or proxy: who filled the form in (`data.user.role`) */
	userRole: z.string().nullable(),
	fee: z.strictObject({
		calculated: money,
		payable: money,
		reference: z.string().nullable(),
		/** amount by fee category */
		categories: z.record(z.string(), z.number()),
		/** names of exemptions claimed */
		exemptions: z.array(z.string()),
		/** names of reductions claimed */
		reductions: z.array(z.string())
	}),
	/** ownership certificate a to d as declared, and the rest of the declaration in words */
	ownership: z.record(z.string(), z.string()),
	/** community infrastructure levy answer as submitted */
	cil: z.string().nullable(),
	/** the sender's own assessment, e.g. "Planning permission / Permission needed" */
	preAssessment: z.array(z.strictObject({ value: z.string(), description: z.string() })),
	/** documents the service asked for: code and words */
	documentsRequired: z.array(z.string()),
	documentsRecommended: z.array(z.string()),
	documentsOptional: z.array(z.string()),
	/** stated facts of property and proposal: path → value in words */
	facts: z.array(z.strictObject({ path: z.string(), value: z.string() })),
	answers: z.array(answer),
	writers
});
export type Submission = z.infer<typeof submission>;
