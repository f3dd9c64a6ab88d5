import { z } from 'zod';
import { caseDocument } from './case-document.ts';
import { person } from './person.ts';
import { planningCase } from './planning-case.ts';
import { siteConstraint } from './site-constraint.ts';
import { submission } from './submission.ts';

/** Everything a submission makes: the records of a new case, before anybody has touched it. */
export const newCase = z.strictObject({
	case: planningCase,
	submission: submission.nullable(),
	people: z.array(person),
	documents: z.array(caseDocument),
	constraints: z.array(siteConstraint)
});
export type NewCase = z.infer<typeof newCase>;
