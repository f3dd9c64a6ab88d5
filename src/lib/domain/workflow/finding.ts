import { z } from 'zod';
import { id, words, writers } from '../primitives.ts';

/** What came of a check that only a person can make. */
export const findingOutcomes = {
	right: 'It is right',
	'not-right': 'It is not right',
	'not-needed': 'Not needed for this case'
} as const;
export type FindingOutcome = keyof typeof findingOutcomes;

/**
 * What an officer found when doing one task of a case. `seen` says what they looked at
 * (task-subject.ts), so that a later change to it is not covered by an earlier look.
 */
export const finding = z.strictObject({
	/** `<case id>:<task>` */
	id: z.string(),
	caseId: id,
	/** a task of tasks.ts, or one that this version does not know */
	task: z.string().max(60),
	value: z
		.strictObject({
			/** null: begun, and not decided */
			outcome: z.enum(['right', 'not-right', 'not-needed']).nullable(),
			note: words(4_000),
			seen: z.string().max(2_000)
		})
		.nullable(),
	writers
});
export type Finding = z.infer<typeof finding>;

export const findingId = (caseId: string, task: string): string => `${caseId}:${task}`;

/** The record before anybody has done the task. */
export const noFinding = (caseId: string, task: string): Finding => ({
	id: findingId(caseId, task),
	caseId,
	task,
	value: null,
	writers: {}
});

/** What is wrong with what was found, as a sentence; null when nothing is. */
export const whyNotThisFinding = (value: Finding['value']): string | null =>
	value?.outcome === 'not-right' && value.note.trim() === ''
		? 'Say what is not right, so that whoever reads it knows what to mend.'
		: null;
