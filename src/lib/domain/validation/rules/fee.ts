import { statute } from '../basis.ts';
import { doesNotApply, look, met, notMet, value, type Rule } from '../check.ts';
import { asEvidence, findDocuments } from '../documents-held.ts';
import { paid } from '../ranges.ts';

const regulations = statute(
	'Town and Country Planning (Fees for Applications, Deemed Applications, Requests and Site Visits) (England) Regulations 2012 (SI 2012/2920), as amended'
);

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** What shows that a claim may be made, by the name submissions give the claim. */
const evidenceFor: Readonly<Record<string, { words: string; tags: string[]; hint: RegExp }>> = {
	disability: {
		words: 'an exemption for works for a disabled person',
		tags: ['disabilityExemptionEvidence'],
		hint: /disab|access|occupational/i
	},
	resubmission: {
		words: 'an exemption for a first resubmission',
		tags: [],
		hint: /resubmi|previous/i
	},
	sports: { words: 'a reduction for a sports club', tags: [], hint: /club|sport/i },
	parishCouncil: { words: 'the reduction for a parish council', tags: [], hint: /parish/i },
	alternative: { words: 'a reduction for alternative proposals', tags: [], hint: /alternativ/i }
};

/** V25 and V26: what is due was paid, and what is claimed is shown. The amount is the fee engine's to say. */
export const feeRules: readonly Rule[] = [
	{
		id: 'V25',
		title: 'The fee is paid in full',
		section: 'fee',
		appliesTo: paid,
		basis: regulations,
		outcome: 'fail',
		remedy: 'Pay the fee that is due.',
		test({ fee, facts }) {
			const claimed = facts.fee;
			const evidence = [
				...(claimed.calculated.known
					? [
							value(
								'Calculated by the sender',
								pounds.format(claimed.calculated.value),
								claimed.calculated.from
							)
						]
					: []),
				...(claimed.paid.known
					? [value('Paid', pounds.format(claimed.paid.value), claimed.paid.from)]
					: []),
				...(claimed.reference.known
					? [value('Payment reference', claimed.reference.value, claimed.reference.from)]
					: [])
			];
			if (fee === null || fee.due === null)
				return look(
					fee === null
						? 'The fee has not been reckoned: see what is due and what was paid.'
						: fee.says,
					...evidence
				);
			if (fee.paid === null) return look(`${fee.says} Nothing shows what was paid.`, ...evidence);
			if (fee.paid < fee.due)
				return {
					...notMet(fee.says, ...evidence),
					remedy: `Pay ${pounds.format(fee.due - fee.paid)} more.`
				};
			return fee.paid > fee.due
				? {
						...notMet(
							`${fee.says} ${pounds.format(fee.paid - fee.due)} too much was paid.`,
							...evidence
						),
						outcome: 'warn',
						remedy: `Refund ${pounds.format(fee.paid - fee.due)}.`
					}
				: met(fee.says, ...evidence);
		}
	},
	{
		id: 'V26',
		title: 'What is claimed of the fee is shown',
		section: 'fee',
		appliesTo: paid,
		basis: regulations,
		outcome: 'warn',
		remedy: 'Send evidence for the exemption or reduction that is claimed, or pay the whole fee.',
		test({ facts, held }) {
			const claims = [...facts.fee.exemptions, ...facts.fee.reductions];
			if (claims.length === 0) return doesNotApply('No exemption or reduction is claimed.');
			const looked = claims.map((claim) => {
				const one = evidenceFor[claim];
				return {
					words: one?.words ?? `“${claim}”`,
					claim: value('Claimed', one?.words ?? claim, 'data.application.fee'),
					...findDocuments(held.documents, { tags: one?.tags ?? [], words: one?.hint ?? /(?!)/ })
				};
			});
			const evidence = looked.map(({ claim }) => claim);
			const shown = looked.flatMap(({ tagged, perhaps }) => asEvidence([...tagged, ...perhaps]));
			const bare = looked.filter(({ tagged, perhaps }) => tagged.length + perhaps.length === 0);
			if (bare.length > 0)
				return notMet(
					`Claimed, and no document shows it: ${bare.map(({ words }) => words).join(', ')}.`,
					...evidence
				);
			return looked.every(({ tagged }) => tagged.length > 0)
				? met('Every claim has a document tagged as its evidence.', ...evidence, ...shown)
				: look('See whether these show what is claimed.', ...evidence, ...shown);
		}
	}
];
