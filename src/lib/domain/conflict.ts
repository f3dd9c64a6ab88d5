import { z } from 'zod';
import { id, instant, writers } from './primitives.ts';

/** One side of a disagreement: the value, and the command that brought it. */
const side = z.strictObject({
	value: z.json(),
	command: z.string(),
	by: z.string(),
	at: instant.nullable()
});

/** Two people changed the same field, neither having seen the other's value. Both values are kept. */
export const conflict = z.strictObject({
	/** `<id of the command that came second>:<field>` */
	id: z.string(),
	caseId: id,
	kind: z.string(),
	recordId: z.string(),
	field: z.string(),
	/** the value that stands in the record meanwhile */
	standing: side,
	/** the value that came second */
	second: side,
	/** a statutory field blocks the decision until a person has chosen */
	blocksDecision: z.boolean(),
	resolved: z
		.strictObject({ by: id, at: instant, chose: z.enum(['standing', 'second', 'other']) })
		.nullable(),
	writers
});
export type Conflict = z.infer<typeof conflict>;
