import type { ProposalFacts, CaseAtHand } from '#lib/domain/proposal/proposal-facts.ts';
import type { TypeRange } from '#lib/domain/workflow/type-range.ts';
import type { Basis } from './basis.ts';
import type { LocalList } from './local-list.ts';

/** How a check came out. `ask`: only a person can say, and the evidence is prepared. */
export const checkOutcomes = {
	fail: 'Not met',
	ask: 'Look at this',
	warn: 'Warning',
	advice: 'Advice',
	pass: 'Met'
} as const;
export type CheckOutcome = keyof typeof checkOutcomes;

/** What a person needs beside them to decide. */
export type Evidence =
	| { kind: 'document'; id: string; name: string }
	| { kind: 'value'; words: string; value: string; from: string }
	| { kind: 'answer'; question: string; answer: string }
	| { kind: 'map'; words: string };

export const value = (words: string, what: string, from: string): Evidence => ({
	kind: 'value',
	words,
	value: what,
	from
});

/** What the test of a rule found. */
export interface Verdict {
	/** `look`: not for software to say */
	is: 'met' | 'not-met' | 'look' | 'does-not-apply';
	/** a sentence */
	says: string;
	evidence?: Evidence[];
	/** what to ask for, where it is more exact than the rule's */
	remedy?: string;
	/** softer or harder than the rule when it is not met */
	outcome?: 'fail' | 'warn' | 'advice';
}

export const met = (says: string, ...evidence: Evidence[]): Verdict => ({
	is: 'met',
	says,
	evidence
});
export const notMet = (says: string, ...evidence: Evidence[]): Verdict => ({
	is: 'not-met',
	says,
	evidence
});
export const look = (says: string, ...evidence: Evidence[]): Verdict => ({
	is: 'look',
	says,
	evidence
});
export const doesNotApply = (says = 'It does not apply.'): Verdict => ({
	is: 'does-not-apply',
	says
});

export const sections = {
	form: 'Form and declaration',
	ownership: 'Ownership and agricultural holdings',
	site: 'Site and red line',
	drawings: 'Plans and drawings',
	fee: 'Fee',
	statements: 'Statements and reports',
	kind: 'What this type needs',
	after: 'Before and after deciding'
} as const;
export type Section = keyof typeof sections;

/** Another case that may be the same proposal again. */
export interface NearbyCase {
	caseId: string;
	/** as an officer names it */
	label: string;
	applicationType: string;
	uprn: string | null;
	receivedOn: string;
}

/** What the fee engine found of what was paid. */
export interface FeeFinding {
	/** null: needs a person */
	due: number | null;
	/** pounds */
	paid: number | null;
	says: string;
}

/** Everything that a rule may look at. */
export interface Checking {
	held: CaseAtHand;
	facts: ProposalFacts;
	/** London day of the check */
	today: string;
	/** day on which the application was made: submitted, else received */
	madeOn: string;
	council: { name: string } | null;
	list: LocalList | null;
	/** null: nobody has reckoned it */
	fee: FeeFinding | null;
	/** null: nobody has looked */
	others: readonly NearbyCase[] | null;
	/** results of the rules before this one */
	soFar: readonly { outcome: CheckOutcome }[];
}

/** One thing an application has to have or be, as data. */
export interface Rule {
	/** `V05`, or for a document requirement its national reference: names the check for good */
	id: string;
	/** what has to be so */
	title: string;
	section: Section;
	appliesTo: TypeRange;
	/** what stands behind it; may differ by application type */
	basis: Basis | ((type: string) => Basis);
	/** what it is when not met */
	outcome: 'fail' | 'warn' | 'advice';
	/** what to ask the applicant for */
	remedy: string;
	test(at: Checking): Verdict;
}

export const basisOf = ({ basis }: Rule, type: string): Basis =>
	typeof basis === 'function' ? basis(type) : basis;
