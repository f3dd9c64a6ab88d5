import { applicationType } from '../application-type.ts';
import { valueOf, type Fact } from '../proposal/fact.ts';
import type { ProposalFacts } from '../proposal/proposal-facts.ts';
import type { FeeBasis, FeePart } from './fee-basis.ts';
import type { FeeHeadName } from './fee-table.ts';

/** What the application itself says its fee should be reckoned from, and what only an officer can say. */
export interface ProposedBasis {
	basis: FeeBasis;
	/** why each category was taken, as sentences */
	because: string[];
	/** categories that may be the right one, where the application does not tell */
	choices: FeeHeadName[];
	/** claims whose evidence an officer has to see before anything is taken off */
	claims: string[];
}

type Found = { parts: FeePart[]; because: string } | { choices: FeeHeadName[]; because: string };

const one = (head: FeeHeadName, because: string, quantity: number | null = null): Found => ({
	parts: [{ head, quantity }],
	because
});
const choose = (because: string, ...choices: FeeHeadName[]): Found => ({ choices, because });

/** Heads that follow from the type alone: the longest beginning of its code counts. */
const byType: readonly (readonly [code: string, head: FeeHeadName])[] = [
	['pp.full.householder', 'householder-one'],
	['pp.full.demolition', 'relevant-demolition'],
	['pp.pip', 'permission-in-principle'],
	['pa.part1.classA', 'prior-approval'],
	['pa.part3.classMA', 'prior-approval-class-ma'],
	['listed', 'listed-building'],
	['ldc.listedBuildingWorks', 'listed-building'],
	['advertConsent', 'advertisement'],
	['wtt', 'trees'],
	['hedgerowRemovalNotice', 'hedgerow'],
	['amendment.nonMaterial', 'non-material-amendment'],
	['approval.reservedMatters', 'reserved-matters'],
	['preApp', 'council-charge']
];

/** Schedule 1 categories as submissions name them, where the number tells the head. */
const byCategory: Readonly<Record<string, FeeHeadName>> = {
	one: 'dwellings',
	sixAndSeven: 'householder-one',
	fourteen: 'change-of-use'
};

/** Makes the basis of a fee from a proposal. Exemptions and reductions are claims until an officer has seen the evidence. */
export function proposeBasis(
	facts: ProposalFacts,
	categories: Readonly<Record<string, number>>
): ProposedBasis {
	const found = headsOf(facts, categories);
	const parts = 'parts' in found ? found.parts : [];
	return {
		basis: {
			parts,
			alternatives: false,
			share: facts.type === 'ldc.proposed' ? 'half' : 'whole',
			exemption: null,
			reduction: null,
			day: null,
			stated: null,
			note: ''
		},
		because: [found.because],
		choices: 'choices' in found ? found.choices : [],
		claims: [...facts.fee.exemptions, ...facts.fee.reductions]
	};
}

function headsOf(facts: ProposalFacts, categories: Readonly<Record<string, number>>): Found {
	const { type } = facts;
	const words = applicationType(type)?.description ?? type;
	const fixed = byType
		.filter(([code]) => type === code || type.startsWith(`${code}.`))
		.reduce<(typeof byType)[number] | null>(
			(best, row) => (best === null || row[0].length > best[0].length ? row : best),
			null
		);
	if (fixed !== null) {
		const quantity =
			fixed[1] === 'prior-approval-class-ma' ? countOf(facts.dwellings.provided) : null;
		return one(fixed[1], `From the application type: ${words}.`, quantity);
	}
	if (type === 'approval.conditions')
		return choose(
			'Details reserved by condition cost less where the permission was a householder one.',
			'conditions-householder',
			'conditions-other',
			'biodiversity-gain-plan'
		);
	if (type === 'amendment.minorMaterial') return section73(facts);
	if (type.startsWith('pa.'))
		return choose(
			'A prior approval costs more where it includes building operations.',
			'prior-approval',
			'prior-approval-works',
			'other'
		);
	if (type.startsWith('pp.outline')) return outline(facts);
	return byProposal(facts, categories);
}

function section73({ major }: ProposalFacts): Found {
	if (!major.known)
		return choose(
			'A removal or variation of conditions is charged by what was permitted.',
			'section-73-householder',
			'section-73-other',
			'section-73-major'
		);
	return major.value
		? one('section-73-major', `Major development, from ${major.from}.`)
		: choose(
				`Not major development, from ${major.from}; whether it was a householder permission is not known.`,
				'section-73-householder',
				'section-73-other'
			);
}

function outline({ dwellings, siteArea }: ProposalFacts): Found {
	const area = siteArea.reckoned;
	// a hectare is ten thousand square metres, a unit of the scale a tenth of one
	const tenths = area.known ? area.value / 1_000 : null;
	const homes = valueOf(dwellings.provided);
	if (homes === null)
		return choose('Whether homes are proposed is not known.', 'outline-dwellings', 'outline-other');
	const head = homes > 0 ? 'outline-dwellings' : 'outline-other';
	return one(
		head,
		area.known
			? `Outline, by site area, from ${area.from}.`
			: 'Outline, by site area; the area is not known.',
		tenths
	);
}

/** Full applications and certificates cost what the development they are for costs. */
function byProposal(facts: ProposalFacts, categories: Readonly<Record<string, number>>): Found {
	const homes = facts.dwellings.provided;
	if (homes.known && homes.value > 0)
		return one('dwellings', `New homes, from ${homes.from}.`, homes.value);
	const claimed = Object.entries(categories).filter(([, pounds]) => pounds > 0);
	const [only] = claimed;
	if (claimed.length === 1 && only !== undefined) {
		const head = Object.hasOwn(byCategory, only[0]) ? byCategory[only[0]] : undefined;
		if (head !== undefined && head !== 'dwellings')
			return one(head, `The application was charged under category ${inWords(only[0])}.`);
	}
	if (facts.changeOfUse.known && facts.changeOfUse.value && homes.known)
		return one('change-of-use', `A change of use, from ${facts.changeOfUse.from}.`);
	return choose(
		'The application does not tell which category it is in.',
		'householder-one',
		'householder-boundary',
		'householder-several',
		'dwellings',
		'change-of-use',
		'other-building',
		'agricultural-building',
		'other'
	);
}

const countOf = (fact: Fact<number>): number | null => {
	const value = valueOf(fact);
	return value !== null && value > 0 ? value : null;
};

/** `sixAndSeven` → `six and seven`; `eleven.one` → `eleven one`. */
const inWords = (category: string): string =>
	category
		.replaceAll('.', ' ')
		.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
		.trim();
