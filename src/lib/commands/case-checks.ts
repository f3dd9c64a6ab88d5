import type { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import type { FeeCheck } from '#lib/domain/fee/check-fee.ts';
import type { CouncilRate } from '#lib/domain/fee/council-fees.ts';
import type { FeeFinding, NearbyCase } from '#lib/domain/validation/check.ts';
import { checksState, type ChecksState } from '#lib/domain/validation/checks-state.ts';
import { madeOn } from '#lib/domain/proposal/proposal-facts.ts';
import { inForceOn, type LocalList } from '#lib/domain/validation/local-list.ts';
import { runChecks, type CheckResult } from '#lib/domain/validation/run-checks.ts';
import { feeOf } from './case-fee.ts';
import type { CaseFile } from './case-file.ts';

/** What checks are run with, beyond the case itself. */
export interface CheckedWith {
	/** London day */
	today: string;
	council: { name: string } | null;
	lists: readonly LocalList[];
	holidays: BankHolidays;
	/** fees of the council's own */
	councilRates: readonly CouncilRate[];
	/** cases that may be the same proposal again; null when nobody has looked */
	others: readonly NearbyCase[] | null;
}

/** The checks of a case out of its file; empty before the case has been filed. */
export function checksOf(file: CaseFile, looked: CheckedWith): CheckResult[] {
	const { case: planningCase } = file;
	if (planningCase === undefined) return [];
	const { holidays, councilRates, ...rest } = looked;
	return runChecks(
		{
			case: planningCase,
			submission: file.all('submission')[0] ?? null,
			people: file.all('person'),
			documents: file.all('document'),
			constraints: file.all('constraint')
		},
		{ ...rest, fee: feeFinding(feeOf(file, holidays, councilRates)), answers: file.all('check') }
	);
}

/** How the checks of a case stand, for its task list. */
export const checksStateOf = (file: CaseFile, looked: CheckedWith): ChecksState | null =>
	file.case === undefined ? null : checksState(checksOf(file, looked));

/** The local list that a case is checked with; null when the council has none. */
export function listOf(file: CaseFile, lists: readonly LocalList[]): LocalList | null {
	const { case: planningCase } = file;
	return planningCase === undefined
		? null
		: inForceOn(
				lists,
				madeOn({ case: planningCase, submission: file.all('submission')[0] ?? null })
			);
}

/** A figure that a person has to look at decides nothing. */
function feeFinding(fee: FeeCheck | null): FeeFinding | null {
	if (fee === null) return null;
	const { reckoning, paid, comparison } = fee;
	return {
		due: comparison.is === 'needs-person' || reckoning.due === null ? null : reckoning.due / 100,
		paid: paid === null ? (comparison.is === 'right' ? 0 : null) : paid / 100,
		says: comparison.sentence
	};
}
