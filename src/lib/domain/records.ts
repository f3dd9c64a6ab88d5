import { z } from 'zod';
import { caseDocument } from './case-document.ts';
import { clockFacts } from './clock/clock-facts.ts';
import { conflict } from './conflict.ts';
import { payment } from './fee/payment.ts';
import { id, instant, writers } from './primitives.ts';
import { person } from './person.ts';
import { planningCase } from './planning-case.ts';
import { siteConstraint } from './site-constraint.ts';
import { submission } from './submission.ts';
import { timelineEvent } from './timeline-event.ts';
import { checkAnswer } from './validation/check-answer.ts';
import { measurement, note, photo, visit } from './visit.ts';
import { caseFacts } from './workflow/case-facts.ts';
import { finding } from './workflow/finding.ts';

/** An officer keeps this case at hand on every device of theirs. */
export const pin = z.strictObject({
	/** `<officer id>:<case id>` */
	id: z.string(),
	caseId: id,
	officerId: id,
	pinnedAt: instant,
	active: z.boolean(),
	writers
});

/** Every kind of record that belongs to a planning case and that devices hold a copy of. */
export const recordSchemas = {
	case: planningCase,
	submission,
	person,
	document: caseDocument,
	constraint: siteConstraint,
	visit,
	photo,
	measurement,
	note,
	conflict,
	event: timelineEvent,
	pin,
	facts: caseFacts,
	finding,
	clock: clockFacts,
	payment,
	check: checkAnswer
};
export type RecordKind = keyof typeof recordSchemas;
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;
export const recordKinds = Object.keys(recordSchemas) as RecordKind[];

/** A record with the name of its kind: what travels and what is stored. */
export type TypedRecord = { [K in RecordKind]: { kind: K; record: RecordOf<K> } }[RecordKind];
