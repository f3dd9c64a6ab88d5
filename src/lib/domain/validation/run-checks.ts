import { madeOn, proposalFacts, type CaseAtHand } from '#lib/domain/proposal/proposal-facts.ts';
import { isInRange } from '#lib/domain/workflow/type-range.ts';
import { whyNotInvalidating, type Basis } from './basis.ts';
import {
	basisOf,
	type CheckOutcome,
	type Checking,
	type Evidence,
	type Rule,
	type Section,
	type Verdict
} from './check.ts';
import { fingerprint } from './fingerprint.ts';
import { finalOutcome, type CheckAnswer } from './check-answer.ts';
import { inForceOn, type LocalList } from './local-list.ts';
import { rulesFor } from './rules-for.ts';

/** One rule, run over one case. */
export interface CheckResult {
	id: string;
	title: string;
	section: Section;
	/** what holds: the computed outcome, or an officer's answer over it */
	outcome: CheckOutcome;
	/** as computed, before any officer */
	computed: CheckOutcome;
	/** a sentence: what was found */
	says: string;
	basis: Basis;
	/** why it counts for less than it would, as a sentence; null when it does not */
	downgraded: string | null;
	/** what to ask for; null when nothing need be asked */
	remedy: string | null;
	evidence: Evidence[];
	/** stands for all that was looked at: another, and an earlier answer no longer covers it */
	seen: string;
	answer: CheckAnswer | null;
	/** the answer was given when something else was to be seen */
	stale: boolean;
}

export interface Looked {
	/** London day */
	today: string;
	council: Checking['council'];
	/** of the council; the one in force when the application was made counts */
	lists: readonly LocalList[];
	fee: Checking['fee'];
	others: Checking['others'];
	answers: readonly CheckAnswer[];
}

/** Runs every rule that applies to a case. Pure; computed each time, never stored. */
export function runChecks(held: CaseAtHand, looked: Looked): CheckResult[] {
	const facts = proposalFacts(held);
	const answers = new Map(looked.answers.map((one) => [one.rule, one]));
	const results: CheckResult[] = [];
	const on = madeOn(held);
	const list = inForceOn(looked.lists, on);
	const checking = {
		held,
		facts,
		today: looked.today,
		madeOn: on,
		council: looked.council,
		list,
		fee: looked.fee,
		others: looked.others
	};
	for (const rule of rulesFor(list)) {
		if (!isInRange(facts.type, rule.appliesTo)) continue;
		const at = { ...checking, soFar: results };
		const verdict = rule.test(at);
		if (verdict.is !== 'does-not-apply')
			results.push(resultOf(rule, verdict, at, answers.get(rule.id) ?? null));
	}
	return results;
}

function resultOf(
	rule: Rule,
	verdict: Verdict,
	{ facts, madeOn: on, held }: Checking,
	answer: CheckAnswer | null
): CheckResult {
	const basis = basisOf(rule, facts.type);
	const whyNot = whyNotInvalidating(basis, on);
	const wanted = verdict.outcome ?? rule.outcome;
	const unmet = wanted === 'fail' && whyNot !== null ? softened(basis) : wanted;
	const computed: CheckOutcome =
		verdict.is === 'met' ? 'pass' : verdict.is === 'look' && unmet !== 'advice' ? 'ask' : unmet;
	const evidence = verdict.evidence ?? [];
	const seen = fingerprint([rule.id, verdict.is, verdict.says, ...evidence.map(asSeen(held))]);
	const stale = answer?.value != null && answer.value.seen !== seen;
	const outcome = finalOutcome(computed, unmet, stale ? null : (answer?.value ?? null));
	return {
		id: rule.id,
		title: rule.title,
		section: rule.section,
		outcome,
		computed,
		says: verdict.says,
		basis,
		downgraded: wanted === 'fail' ? whyNot : null,
		remedy: outcome === 'pass' ? null : (verdict.remedy ?? rule.remedy),
		evidence,
		seen,
		answer,
		stale
	};
}

/** What would have failed, had its basis the weight: a list out of date becomes advice, policy a warning. */
const softened = (basis: Basis): 'warn' | 'advice' =>
	basis.kind === 'national-guidance' ? 'warn' : 'advice';

/** A document counts by its bytes and tags, so that a replaced file is looked at again. */
const asSeen =
	(held: CaseAtHand) =>
	(one: Evidence): string => {
		if (one.kind !== 'document') return JSON.stringify(one);
		const document = held.documents.find(({ id }) => id === one.id);
		return [one.id, document?.sha256 ?? '', ...(document?.tags ?? [])].join(' ');
	};
