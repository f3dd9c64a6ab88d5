import { applicationType } from '#lib/domain/application-type.ts';
import type { CaseDocument } from '#lib/domain/case-document.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import type { Person } from '#lib/domain/person.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { SiteConstraint } from '#lib/domain/site-constraint.ts';
import type { Submission } from '#lib/domain/submission.ts';
import {
	declaration,
	feeClaimed,
	ownership,
	type Declaration,
	type FeeClaimed,
	type Ownership
} from './declared.ts';
import { dwellings, type Dwellings } from './dwellings.ts';
import { known, mapFact, unknown, type Fact, type FactProblem } from './fact.ts';
import { floorspace, type Floorspace } from './floorspace.ts';
import { areaByUse, majorDevelopment } from './scale.ts';
import { designated, siteArea, trees, type Designated, type SiteArea, type Trees } from './site.ts';
import { Stated } from './stated.ts';

/** What a device holds of one case: everything facts are made from. */
export interface CaseAtHand {
	case: PlanningCase;
	submission: Submission | null;
	people: readonly Person[];
	documents: readonly CaseDocument[];
	constraints: readonly SiteConstraint[];
}

/** What rules, fees and clocks need to know of a proposal. */
export interface ProposalFacts {
	/** code of application-type.ts */
	type: string;
	/** an application of the householder category */
	householder: boolean;
	/** the property is a flat */
	flat: Fact<boolean>;
	/** `residential.house.terrace`, `commercial.retail.shop` … */
	propertyType: Fact<string>;
	/** what is to be done, by code: `extend.rear`, `changeOfUse`, `demolish.full` … */
	works: Fact<string[]>;
	changeOfUse: Fact<boolean>;
	demolition: Fact<boolean>;
	dwellings: Dwellings;
	/** square metres created */
	floorspace: Floorspace;
	/** square metres */
	siteArea: SiteArea;
	/** hectares, by whether homes are provided on the site */
	siteAreaByUse: { residential: Fact<number>; nonResidential: Fact<number> };
	major: Fact<boolean>;
	designated: Designated;
	trees: Trees;
	/** within 20 metres of a watercourse */
	nearWatercourse: Fact<boolean>;
	/** `known`, `suspected`, `vulnerable` */
	contamination: Fact<string>;
	/** of the tallest new building, metres and storeys */
	height: Fact<number>;
	storeys: Fact<number>;
	ownership: Ownership;
	declaration: Declaration;
	fee: FeeClaimed;
	/** who filled the form in: `applicant`, `agent`, `proxy` */
	applicantRole: Fact<string>;
	preApplicationReference: Fact<string>;
	/** London day on which it was sent; null where the sender does not say */
	submittedOn: string | null;
	/** answers that cannot be what they should be, as sentences */
	problems: FactProblem[];
}

/**
 * Makes the facts of a case from what a device holds. Pure, and never throws on what a
 * submission says: what is missing is unknown, and what is of the wrong type is unknown and
 * named in `problems`.
 */
export function proposalFacts(held: CaseAtHand): ProposalFacts {
	const { submission } = held;
	const type = held.case.applicationType;
	const stated = new Stated(submission);
	const householder = applicationType(type)?.category === 'householder';
	const oneHouse = householder || type.startsWith('pa.part1.');
	const works = stated.codes('data.proposal.projectType');
	const homes = dwellings(stated, { oneHouse, works });
	const floor = floorspace(stated, homes, { oneHouse, works });
	const area = siteArea(held.case);
	const propertyType = stated.code('data.property.type');
	const has = (pattern: RegExp) =>
		mapFact(works, (codes) => codes.some((one) => pattern.test(one)));
	const facts = {
		type,
		householder,
		flat: mapFact(propertyType, (code) => /^residential\.flat(\.|$)/.test(code)),
		propertyType,
		works,
		changeOfUse: has(/^changeOfUse/),
		demolition: has(/^demolish/),
		dwellings: homes,
		floorspace: floor,
		siteArea: area,
		siteAreaByUse: areaByUse(homes, area),
		major: majorDevelopment({ type, householder, homes, floor, area, works }),
		designated: designated(held.constraints),
		trees: trees(stated, works),
		nearWatercourse: stated.yesNo(
			'data.property.flood.20mFromWatercourse',
			'whether a watercourse is within 20 metres'
		),
		contamination: stated.code('data.proposal.use.contamination'),
		...tallest(stated),
		ownership: ownership(submission, held.people, stated),
		declaration: declaration(stated),
		fee: feeClaimed(submission, stated),
		applicantRole:
			(submission?.userRole ?? null) === null
				? unknown()
				: known(submission?.userRole ?? '', 'data.user.role'),
		preApplicationReference: stated.words('data.application.preApp.reference'),
		submittedOn: sentOn(submission)
	};
	return { ...facts, problems: stated.problems };
}

/** London day on which it was sent; null where the sender does not say. */
function sentOn(submission: Submission | null): string | null {
	const at = submission?.submittedAt ?? null;
	return at === null || Number.isNaN(Date.parse(at)) ? null : londonDay(at);
}

/** The day on which an application was made: sent, else received. */
export const madeOn = ({
	case: { receivedOn },
	submission
}: Pick<CaseAtHand, 'case' | 'submission'>): string => sentOn(submission) ?? receivedOn;

/** The tallest of the new buildings that the London form describes. */
function tallest(stated: Stated): Pick<ProposalFacts, 'height' | 'storeys'> {
	const path = 'data.proposal.newBuildings.buildings';
	const most = (key: string, called: string): Fact<number> => {
		const all = stated
			.indexes(path)
			.flatMap((index) => stated.amount(`${path}[${index}].${key}`, called))
			.filter((one) => one.known);
		const [first] = all;
		return first === undefined
			? unknown()
			: known(Math.max(...all.map(({ value }) => value)), first.from);
	};
	return {
		height: most('height.metres', 'the height of a building'),
		storeys: most('storeys', 'the storeys of a building')
	};
}
