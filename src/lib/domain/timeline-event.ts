import { z } from 'zod';
import { calendarDate, id, instant, writers } from './primitives.ts';

/**
 * Something that happened to a case: who, what, when, from which device. Never edited.
 * `type` is a permission-process-event of the national codelist where there is one.
 */
export const timelineEvent = z.strictObject({
	/** `<command id>` or `<command id>:<n>` */
	id: z.string(),
	caseId: id,
	type: z.string(),
	/** when the author's device says it was done */
	at: instant,
	/** the day it takes effect, where that differs from the day it was recorded */
	effectiveOn: calendarDate.nullable(),
	/** officer id, or `system`, `applicant`, or an API client's name */
	by: z.string(),
	device: z.string().nullable(),
	command: z.string(),
	detail: z.record(z.string(), z.json()),
	writers
});
export type TimelineEvent = z.infer<typeof timelineEvent>;
