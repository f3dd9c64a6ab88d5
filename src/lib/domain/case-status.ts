import { z } from 'zod';
import type { Permission } from './permissions.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** Where a planning case stands; always derived from its recorded events, never set by hand. */
export const caseStatus = z.enum([
	'received',
	'invalid',
	'in-assessment',
	'awaiting-determination',
	'in-committee',
	'to-be-reviewed',
	'determined',
	'returned',
	'withdrawn',
	'closed'
]);
export type CaseStatus = z.infer<typeof caseStatus>;

export const caseStatusWords: Record<CaseStatus, string> = {
	received: 'Received',
	invalid: 'Invalid',
	'in-assessment': 'In assessment',
	'awaiting-determination': 'Awaiting determination',
	'in-committee': 'In committee',
	'to-be-reviewed': 'Corrections requested',
	determined: 'Determined',
	returned: 'Returned',
	withdrawn: 'Withdrawn',
	closed: 'Closed'
};

/** Still being worked on: everything that has not ended. */
export const inProgress = [
	'received',
	'invalid',
	'in-assessment',
	'awaiting-determination',
	'in-committee',
	'to-be-reviewed'
] as const satisfies CaseStatus[];

export const isInProgress = (status: CaseStatus): boolean =>
	(inProgress as readonly CaseStatus[]).includes(status);

export interface CaseAct {
	/** what the button says */
	words: string;
	/** timeline event, by its national permission-process-event name where there is one */
	event: string;
	from: readonly CaseStatus[];
	/** `same`: stays where it is; `before-end`: where it was before it ended */
	to: CaseStatus | 'same' | 'before-end';
	permission: Permission;
	/** whether a reason must be given */
	reason: boolean;
	/** whether a decision must be named: one of its type's (application-type.ts) */
	decision: boolean;
	/** false: has effect outside the council, and needs the register */
	offline: boolean;
	/** whether the day may lie ahead, as a committee's does */
	mayBeAhead: boolean;
}

const plain = { reason: false, decision: false, offline: true, mayBeAhead: false } as const;
const ending = {
	...plain,
	from: inProgress,
	permission: 'end-case',
	reason: true
} as const;

/** Everything that moves a case on, and from where. What is not in this table cannot be done. */
export const caseActs = {
	validate: {
		...plain,
		words: 'Make valid',
		event: 'valid-from',
		from: ['received', 'invalid'],
		to: 'in-assessment',
		permission: 'validate-case'
	},
	invalidate: {
		...plain,
		words: 'Make invalid',
		event: 'invalid-from',
		from: ['received'],
		to: 'invalid',
		permission: 'validate-case'
	},
	recommend: {
		...plain,
		words: 'Recommend a decision',
		event: 'recommendation-made',
		from: ['in-assessment', 'to-be-reviewed', 'in-committee'],
		to: 'awaiting-determination',
		permission: 'assess-case',
		decision: true
	},
	'withdraw-recommendation': {
		...plain,
		words: 'Withdraw the recommendation',
		event: 'recommendation-withdrawn',
		from: ['awaiting-determination'],
		to: 'in-assessment',
		permission: 'assess-case'
	},
	'sign-off': {
		...plain,
		words: 'Sign off the recommendation',
		event: 'recommendation-signed-off',
		from: ['awaiting-determination', 'in-committee'],
		to: 'same',
		permission: 'sign-off'
	},
	'request-correction': {
		...plain,
		words: 'Ask for corrections',
		event: 'correction-requested',
		from: ['awaiting-determination', 'in-committee'],
		to: 'to-be-reviewed',
		permission: 'sign-off',
		reason: true
	},
	'send-to-committee': {
		...plain,
		words: 'Send to committee',
		event: 'committee-date',
		// from the committee too: a meeting may be put off to another day
		from: ['awaiting-determination', 'in-committee'],
		to: 'in-committee',
		permission: 'sign-off',
		mayBeAhead: true
	},
	'resolve-to-grant': {
		...plain,
		words: 'Record a resolution to grant',
		event: 'resolution-to-grant',
		from: ['in-committee'],
		to: 'same',
		permission: 'sign-off'
	},
	'resolve-to-refuse': {
		...plain,
		words: 'Record a resolution to refuse',
		event: 'resolution-to-refuse',
		from: ['in-committee'],
		to: 'same',
		permission: 'sign-off'
	},
	determine: {
		...plain,
		words: 'Determine',
		event: 'determined',
		from: ['awaiting-determination', 'in-committee'],
		to: 'determined',
		permission: 'sign-off',
		decision: true,
		offline: false
	},
	return: { ...ending, words: 'Return', event: 'returned', to: 'returned' },
	withdraw: { ...ending, words: 'Withdraw', event: 'withdrawn', to: 'withdrawn' },
	close: { ...ending, words: 'Close', event: 'closed', to: 'closed' },
	reopen: {
		...plain,
		words: 'Re-open',
		event: 'reopened',
		from: ['returned', 'withdrawn', 'closed'],
		to: 'before-end',
		permission: 'reopen-case',
		reason: true
	},
	quash: {
		...plain,
		words: 'Record that the decision was quashed',
		event: 'decision-quashed',
		from: ['determined'],
		to: 'in-assessment',
		permission: 'reopen-case',
		reason: true
	}
} as const satisfies Record<string, CaseAct>;
export type CaseActName = keyof typeof caseActs;
export const caseActNames = Object.keys(caseActs) as [CaseActName, ...CaseActName[]];
export const caseAct = (name: CaseActName): CaseAct => caseActs[name];

/** Acts that the table allows from a status; whether this officer may, now, is the command's to say. */
export const actsFrom = (status: CaseStatus): CaseActName[] =>
	caseActNames.filter((name) => caseAct(name).from.includes(status));

/** What the events of a case add up to. */
export interface Standing {
	status: CaseStatus;
	/** the day from which it was valid; null while it never was */
	validFrom: string | null;
	/** what is recommended now, by whom, and who signed it off */
	recommendation: { by: string; decision: string; signedOffBy: string | null } | null;
	/** the committee's resolution on the present recommendation */
	resolution: 'resolve-to-grant' | 'resolve-to-refuse' | null;
	/** null until determined, and again after the decision was quashed */
	decision: { decision: string; on: string } | null;
	/** where it was before it ended */
	beforeEnd: CaseStatus | null;
	/** how many acts there have been */
	steps: number;
}

const byEvent = new Map(caseActNames.map((name) => [caseActs[name].event as string, name]));

/** The act an event records, or null for an event that moves nothing. */
export const actOfEvent = (type: string): CaseActName | null => byEvent.get(type) ?? null;

/** Acts are put in the order of their steps, which the register counted: no clock orders anything. */
export function standing(events: readonly TimelineEvent[]): Standing {
	const acts = events
		.flatMap((event) => {
			const act = actOfEvent(event.type);
			return act === null ? [] : [{ act, event, step: Number(event.detail['step'] ?? 0) }];
		})
		.toSorted((a, b) => a.step - b.step);
	return acts.reduce<Standing>(after, {
		status: 'received',
		validFrom: null,
		recommendation: null,
		resolution: null,
		decision: null,
		beforeEnd: null,
		steps: 0
	});
}

/** Where a case stands, from its timeline. */
export const deriveStatus = (events: readonly TimelineEvent[]): CaseStatus =>
	standing(events).status;

/** Where an act leads from a standing. */
export function statusAfter(name: CaseActName, from: CaseStatus, beforeEnd: CaseStatus | null) {
	const { to } = caseAct(name);
	if (to === 'same') return from;
	return to === 'before-end' ? (beforeEnd ?? 'received') : to;
}

function after(
	was: Standing,
	{ act, event }: { act: CaseActName; event: TimelineEvent }
): Standing {
	const is: Standing = {
		...was,
		steps: was.steps + 1,
		status: statusAfter(act, was.status, was.beforeEnd)
	};
	const day = event.effectiveOn ?? '';
	const named = event.detail['decision'];
	const decision = typeof named === 'string' ? named : '';
	switch (act) {
		case 'validate':
			return { ...is, validFrom: day };
		case 'recommend':
			return {
				...is,
				recommendation: { by: event.by, decision, signedOffBy: null },
				resolution: null
			};
		case 'withdraw-recommendation':
		case 'request-correction':
			return { ...is, recommendation: null, resolution: null };
		case 'sign-off':
			return was.recommendation === null
				? is
				: { ...is, recommendation: { ...was.recommendation, signedOffBy: event.by } };
		case 'resolve-to-grant':
		case 'resolve-to-refuse':
			return { ...is, resolution: act };
		case 'determine':
			return { ...is, decision: { decision, on: day } };
		case 'quash':
			return { ...is, decision: null, recommendation: null, resolution: null };
		case 'return':
		case 'withdraw':
		case 'close':
			return { ...is, beforeEnd: was.status };
		default:
			return is;
	}
}
