import { z } from 'zod';
import { calendarDate, id, instant, sha256, words, writers } from './primitives.ts';

/** public-register-status of the national specification; what nobody has looked at stays inside. */
export const publicRegisterStatus = z.enum(['publish', 'withhold', 'not-assessed']);

/** A plan, form or supporting document of a case: what is known of it, and its bytes by hash. */
export const caseDocument = z.strictObject({
	id,
	caseId: id,
	/** file name as it came, last path segment */
	name: z.string(),
	/** codes of document-tag.ts; an unknown tag is kept as it came */
	tags: z.array(z.string()),
	description: words(4_000),
	drawingNumber: z.string().nullable(),
	/** where the submission says the file is; fetched only from allow-listed hosts */
	sourceUrl: z.string().nullable(),
	receivedOn: calendarDate.nullable(),
	/** null until the bytes are in the register: shown as "not received" */
	sha256: sha256.nullable(),
	mime: z.string().nullable(),
	/** bytes */
	size: z.number().int().nonnegative().nullable(),
	bytesReceivedAt: instant.nullable(),
	/** why the last attempt to fetch it failed, in words */
	fetchProblem: z.string().nullable(),
	publicRegisterStatus,
	writers
});
export type CaseDocument = z.infer<typeof caseDocument>;
