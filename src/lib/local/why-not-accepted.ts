import type { z } from 'zod';
import { editableField, editableFields } from '#lib/domain/editable-fields.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

/** The fields an officer fills in, as officers say them; of what may be edited, the same words. */
const fieldWords: Record<string, string> = {
	...Object.fromEntries(
		(['note', 'measurement', 'photo', 'document', 'visit'] as const).flatMap((kind) =>
			Object.entries(editableFields[kind]).map(([field, { words }]) => [field, words])
		)
	),
	name: 'Name of the document',
	receivedOn: 'Day it was received',
	method: 'How it was measured or taken',
	tolerance: 'Accuracy',
	number: 'Number of the photograph',
	size: 'Size of the file',
	mime: 'Kind of file',
	outcome: 'Outcome of the visit',
	reason: 'Reason',
	officerId: 'Officer',
	to: 'New application type',
	applicationType: 'Application type',
	address: 'Site address',
	postcode: 'Postcode',
	applicant: 'Applicant',
	agent: 'Agent',
	boundary: 'Red line',
	act: 'Step of the case',
	decision: 'Decision',
	effectiveOn: 'Date',
	pence: 'Amount, in pence',
	paidOn: 'Day it was paid',
	validity: 'Reasons and their basis'
};

/** A refusal that names, in words, every field whose value a command does not take. */
export function whyNotAccepted(
	name: string,
	payload: unknown,
	issues: readonly z.core.$ZodIssue[]
): Refusal {
	const said = issues.map((issue) => {
		const field = wordsFor(name, payload, issue.path);
		return field === null ? aside : `${field}: ${whatIsWrong(issue)}.`;
	});
	return refuse('value-not-accepted', [...new Set(said)].join(' '));
}

const aside =
	'This page recorded something beside your words that cannot be taken. Nothing was saved; ' +
	'your words are still on screen.';

function wordsFor(name: string, payload: unknown, path: readonly PropertyKey[]): string | null {
	const [first, second] = path.map(String);
	if (first === undefined) return null;
	if (name === 'edit-record' && first === 'fields' && second !== undefined)
		return editableField(String((payload as { kind?: unknown }).kind), second)?.words ?? null;
	return Object.hasOwn(fieldWords, first) ? (fieldWords[first] ?? null) : null;
}

const figure = new Intl.NumberFormat('en-GB');

function whatIsWrong(issue: z.core.$ZodIssue): string {
	const text = 'origin' in issue && issue.origin === 'string';
	switch (issue.code) {
		case 'too_big':
			return `at most ${figure.format(issue.maximum)}${text ? ' characters' : ''}`;
		case 'too_small':
			if (text && issue.minimum === 1) return 'this is empty';
			return `at least ${figure.format(issue.minimum)}${text ? ' characters' : ''}`;
		case 'invalid_type':
			return issue.expected === 'number' ? 'this is not a number' : 'this is missing';
		case 'invalid_value':
			return 'this is not one of the choices';
		default:
			return 'this cannot be read';
	}
}
