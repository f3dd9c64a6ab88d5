import type { CaseDocument } from '../case-document.ts';
import type { PlanningCase } from '../planning-case.ts';
import type { SiteConstraint } from '../site-constraint.ts';
import { standing } from '../case-status.ts';
import type { TimelineEvent } from '../timeline-event.ts';

/** What a check looks at. When it changes, an earlier look does not cover it any more. */
export const subjectWords = {
	documents: 'The documents have changed since they were checked.',
	boundary: 'The red line has changed since it was checked.',
	constraints: 'The constraints have changed since they were checked.',
	description: 'The description has changed since it was checked.',
	type: 'The application type has changed since it was checked.',
	validity: 'It has been decided again whether the application is valid.'
} as const;
export type TaskSubject = keyof typeof subjectWords;

/** What of a case the checks look at. */
export interface Subjects {
	case: PlanningCase;
	documents: readonly CaseDocument[];
	constraints: readonly SiteConstraint[];
	events: readonly TimelineEvent[];
}

/** How something stands now, short enough to keep beside what was found of it. */
export function subjectNow(subject: TaskSubject, of: Subjects): string {
	switch (subject) {
		case 'documents':
			return digest(of.documents.map((one) => [one.id, one.sha256, [...one.tags].sort()]));
		case 'boundary':
			return digest(of.case.boundary);
		case 'constraints':
			return digest(of.constraints.map((one) => [one.id, one.intersects]));
		case 'description':
			return digest(of.case.description);
		case 'type':
			return of.case.applicationType;
		case 'validity':
			return String(standing(of.events).steps);
	}
}

/** Two FNV-1a sums of the value as text: they tell a change, and prove nothing. */
function digest(value: unknown): string {
	const list = Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;
	let [a, b] = [0x811c9dc5, 0x01000193];
	for (const character of JSON.stringify(list)) {
		const code = character.codePointAt(0) ?? 0;
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b ^ code, 0x85ebca6b);
	}
	return [a, b].map((one) => (one >>> 0).toString(16).padStart(8, '0')).join('');
}
