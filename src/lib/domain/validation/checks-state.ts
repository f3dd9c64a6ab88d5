import { z } from 'zod';
import { words } from '#lib/domain/primitives.ts';
import type { InvalidReason } from '#lib/domain/workflow/invalid-reason.ts';
import { basisWords } from './basis.ts';
import { checkOutcomes, type CheckOutcome } from './check.ts';
import type { CheckResult } from './run-checks.ts';

/** A reason for which an application may be called invalid, as a letter gives it. */
export interface FailingReason {
	rule: string;
	title: string;
	/** what was found; an officer's own words where they gave some */
	says: string;
	/** `Statute: DMPO 2015 (SI 2015/595), article 7(1)(c)(i)` */
	basis: string;
	/** whether somebody has yet to confirm the wording of the source */
	basisToConfirm: boolean;
	remedy: string;
}

/** How the checks of a case stand: what the task list shows and deciding validity asks. */
export interface ChecksState {
	/** `settled`: nothing fails and nothing is left to look at */
	state: 'to-look-at' | 'failing' | 'settled';
	/** a sentence */
	says: string;
	counts: Record<CheckOutcome, number>;
	failing: FailingReason[];
}

export function checksState(results: readonly CheckResult[]): ChecksState {
	const counts = Object.fromEntries(
		Object.keys(checkOutcomes).map((outcome) => [
			outcome,
			results.filter((one) => one.outcome === outcome).length
		])
	) as ChecksState['counts'];
	const failing = results.filter(({ outcome }) => outcome === 'fail').map(reasonOf);
	const { fail, ask } = counts;
	return {
		state: ask > 0 ? 'to-look-at' : fail > 0 ? 'failing' : 'settled',
		says: [
			fail === 0 ? 'Nothing fails' : `${fail} not met`,
			ask === 0 ? 'nothing is left to look at' : `${ask} to look at`
		]
			.join(', ')
			.concat('.'),
		counts,
		failing
	};
}

function reasonOf({ id, title, says, basis, remedy, answer, stale }: CheckResult): FailingReason {
	const own = stale ? '' : (answer?.value?.reason.trim() ?? '');
	return {
		rule: id,
		title,
		says: own === '' ? says : own,
		basis: `${basisWords[basis.kind]}: ${basis.source}${
			basis.kind === 'local-list' ? `, adopted ${basis.adoptedOn}` : ''
		}`,
		basisToConfirm: basis.standing !== 'established',
		remedy: remedy ?? ''
	};
}

/**
 * What was shown when validity was decided, to be recorded with the decision: results are computed
 * anew each time, and rules and lists change. Passing checks by id only.
 */
export const shownChecks = z.strictObject({
	passed: z.array(z.string().max(120)).max(700),
	others: z
		.array(
			z.strictObject({
				rule: z.string().max(120),
				outcome: z.enum(['fail', 'ask', 'warn', 'advice']),
				says: words(4_000),
				basis: words(1_500)
			})
		)
		.max(200),
	/** the day the local list in use was adopted; null when there was none */
	listAdoptedOn: z.iso.date().nullable()
});
export type ShownChecks = z.infer<typeof shownChecks>;

export function shownNow(
	results: readonly CheckResult[],
	list: { adoptedOn: string } | null
): ShownChecks {
	return {
		passed: results.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id),
		others: results.flatMap((one) => {
			const { outcome } = one;
			if (outcome === 'pass') return [];
			const { rule, says, basis } = reasonOf(one);
			return [{ rule, outcome, says: says.slice(0, 4_000), basis: basis.slice(0, 1_500) }];
		}),
		listAdoptedOn: list?.adoptedOn ?? null
	};
}

/** What fails, as reasons that an officer may choose from when deciding that it is invalid. */
export const invalidReasons = (results: readonly CheckResult[]): InvalidReason[] =>
	results
		.filter(({ outcome }) => outcome === 'fail')
		.flatMap((one) => {
			const { basis } = one;
			if (basis.kind !== 'statute' && basis.kind !== 'local-list') return [];
			const { rule, says, remedy } = reasonOf(one);
			return [
				{
					from: rule,
					words: says,
					basis: {
						kind: basis.kind,
						citation: basis.source.slice(0, 500),
						adoptedOn: basis.kind === 'local-list' ? basis.adoptedOn : null
					},
					remedy
				}
			];
		});
