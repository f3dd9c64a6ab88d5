import type { CaseStatus } from '../case-status.ts';
import type { ClockFacts } from './clock-facts.ts';
import type { Development } from './development.ts';
import type { Status } from './periods.ts';

/** What the clocks of a case are counted from. */
export interface ClockCase {
	applicationType: string;
	status: CaseStatus;
	receivedOn: string;
	facts: ClockFacts;
	development: Development;
}

export type ClockId =
	| 'statutory'
	| 'agreed'
	| 'guarantee'
	| 'validate'
	| 'complete'
	| 'publicity'
	| 'earliest-decision'
	| 'appeal';

/** One date with everything an officer needs to believe it. */
export interface Clock {
	id: ClockId;
	/** tells several of one sort apart; unique in a case */
	key: string;
	/** `Decide by`: heads the date */
	words: string;
	/** the rule in a sentence */
	rule: string;
	/** what it counts from, and that day; null while that has not happened */
	base: { words: string; on: string | null };
	/** the last day; null while it has not begun */
	due: string | null;
	source: string;
	/** whether law or guidance settles length and base, or a person has to confirm */
	status: Status;
	/** what a person is asked; null when nothing is open */
	ask: string | null;
	/** one line a step */
	working: string[];
	/**
	 * `not started`: its base has not happened · `running` · `replaced`: another clock holds ·
	 * `over`: decided or ended
	 */
	state: 'not started' | 'running' | 'replaced' | 'over';
	/** what the law makes of it when the day passes */
	consequence: { words: string; source: string; status: Status } | null;
}
