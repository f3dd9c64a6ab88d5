import type { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import { checkFee, type FeeCheck } from '#lib/domain/fee/check-fee.ts';
import type { CouncilRate } from '#lib/domain/fee/council-fees.ts';
import type { CaseFile } from './case-file.ts';

/** The fee of a case out of its file: due, paid and why; null before the case has been filed. */
export function feeOf(
	file: CaseFile,
	holidays: BankHolidays,
	councilRates: readonly CouncilRate[] = []
): FeeCheck | null {
	const { case: planningCase } = file;
	return planningCase === undefined
		? null
		: checkFee(
				{
					case: planningCase,
					submission: file.all('submission')[0] ?? null,
					people: file.all('person'),
					documents: file.all('document'),
					constraints: file.all('constraint')
				},
				file.get('facts', file.caseId)?.feeBasis ?? null,
				file.all('payment'),
				holidays,
				councilRates
			);
}
