import { z } from 'zod';
import { area, id, writers } from './primitives.ts';

/** A designation or other constraint on the site; an unknown code is stored and shown, never dropped. */
export const siteConstraint = z.strictObject({
	id,
	caseId: id,
	/** the code as it came, e.g. `designated.conservationArea` */
	code: z.string(),
	/** planning.data.gov.uk dataset, when the code is known */
	dataset: z.string().nullable(),
	description: z.string(),
	/** whether the site meets it; a negative answer is kept too */
	intersects: z.boolean(),
	/** names of the entities met, with their web addresses */
	entities: z.array(z.strictObject({ name: z.string(), url: z.string().nullable() })),
	geometry: area.nullable(),
	source: z.enum(['submission', 'officer', 'query']),
	writers
});
export type SiteConstraint = z.infer<typeof siteConstraint>;
