import type { BankHolidays } from '../clock/bank-holidays.ts';
import { inWords } from '../clock/calendar-day.ts';
import { valueOf } from '../proposal/fact.ts';
import { proposalFacts, type CaseAtHand } from '../proposal/proposal-facts.ts';
import { compareFee, type FeeComparison } from './compare-fee.ts';
import { exemptions, type FeeBasis } from './fee-basis.ts';
import { feeDay, type FeeDay } from './fee-day.ts';
import { paidInAll, type Payment } from './payment.ts';
import { proposeBasis, type ProposedBasis } from './propose-basis.ts';
import type { CouncilRate } from './council-fees.ts';
import { reckonFee, type FeeReckoning } from './reckon-fee.ts';

/** Everything about the fee of one case: what it is reckoned from, what is due, what was paid. */
export interface FeeCheck {
	proposed: ProposedBasis;
	/** the recorded basis, else the proposed one */
	basis: FeeBasis;
	/** an officer has recorded the basis */
	recorded: boolean;
	day: FeeDay;
	reckoning: FeeReckoning;
	/** pence; null when nothing shows what was paid */
	paid: number | null;
	comparison: FeeComparison;
	/** exemptions and reductions that were claimed and that nobody has decided on */
	openClaims: string[];
}

export function checkFee(
	held: CaseAtHand,
	recorded: FeeBasis | null,
	payments: readonly Payment[],
	holidays: BankHolidays,
	councilRates: readonly CouncilRate[] = []
): FeeCheck {
	const facts = proposalFacts(held);
	const proposed = proposeBasis(facts, held.submission?.fee.categories ?? {});
	const basis = recorded ?? proposed.basis;
	const day =
		basis.day === null
			? feeDay(held.case.receivedOn, held.submission?.receivedAt ?? null, holidays)
			: { day: basis.day, working: [`An officer named ${inWords(basis.day)}.`] };
	// what an officer recorded was decided with the claims in view
	const openClaims = recorded === null ? proposed.claims : [];
	const reckoning = reckonFee(basis, day.day, councilRates, openClaims);
	const paid = paidInAll(valueOf(facts.fee.paid), payments);
	const compared = compareFee(reckoning, paid);
	return {
		proposed,
		basis,
		recorded: recorded !== null,
		day,
		reckoning,
		paid,
		comparison: openClaims.length > 0 && compared.is !== 'right' ? claimed(openClaims) : compared,
		openClaims: openClaims.map(claimWords)
	};
}

const claimWords = (claim: string): string =>
	Object.hasOwn(claims, claim) ? (claims[claim] ?? claim) : `“${claim}”`;

/** What a submission may claim, by its code in the Open Digital Planning schema. */
const claims: Readonly<Record<string, string>> = {
	disability: `exemption: ${exemptions.disability.words.toLowerCase()}`,
	resubmission: 'exemption: first revised application (the “free go”)',
	parishCouncil: 'reduction: made by a parish or community council',
	sports: 'reduction: non-profit sports club',
	alternative: 'reduction: alternative proposals for one site'
};

/** A claim changes what is due, once an officer has looked at its evidence. */
const claimed = (open: readonly string[]): FeeComparison => ({
	is: 'needs-person',
	difference: null,
	sentence: `The applicant claims ${open.map(claimWords).join(' and ')}. Look at the evidence, then record whether it counts.`
});
