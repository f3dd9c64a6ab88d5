import { z } from 'zod';
import { area, calendarDate, id, instant, lonLat, words, writers } from './primitives.ts';
import { caseStatus } from './case-status.ts';

/**
 * One planning case: application, prior approval, certificate, consent or pre-application.
 * `reference` is null until the register has issued it; a device shows `provisionalLabel`.
 */
export const planningCase = z.strictObject({
	id,
	caseId: id,
	/** `YY-NNNNN-SUFFIX`; see reference.ts */
	reference: z.string().nullable(),
	provisionalLabel: z.string().nullable(),
	/** every earlier form of the reference; each still finds the case */
	previousReferences: z.array(z.string()),
	/** a code of application-type.ts, or an unknown code as it came */
	applicationType: z.string().min(1),
	status: caseStatus,
	description: words(20_000),
	/** the site's address on one line, as the officer reads it */
	address: words(500),
	uprn: z.string().nullable(),
	postcode: z.string().nullable(),
	town: z.string().nullable(),
	ward: z.string().nullable(),
	/** the site's point, degrees WGS 84 */
	point: lonLat.nullable(),
	/** the red line, as published; never round-tripped through a projection */
	boundary: area.nullable(),
	/** square metres as the applicant stated them; null when not stated */
	statedArea: z.number().nonnegative().nullable(),
	/** the day the council received it (London calendar) */
	receivedOn: calendarDate,
	/** what sent it: `PlanX`, `paper`, `demo` … */
	source: z.string(),
	/** officer id */
	assignedTo: id.nullable(),
	/** where it is thin, in words an officer can act on */
	gaps: z.array(z.string()),
	accessNote: words(4_000),
	createdAt: instant,
	writers
});
export type PlanningCase = z.infer<typeof planningCase>;
