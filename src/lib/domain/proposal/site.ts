import { squareMetres } from '#lib/domain/ground.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { SiteConstraint } from '#lib/domain/site-constraint.ts';
import { anyTrue, firstKnown, known, unknown, type Fact } from './fact.ts';
import type { Stated } from './stated.ts';

/** Square metres. */
export interface SiteArea {
	/** as the applicant stated it */
	stated: Fact<number>;
	/** within the red line, on the ground */
	drawn: Fact<number>;
	/** what to reckon with: stated, else drawn */
	reckoned: Fact<number>;
}

export function siteArea({ statedArea, boundary }: PlanningCase): SiteArea {
	const stated = statedArea === null ? unknown() : known(statedArea, 'data.proposal.boundary.area');
	const drawn = boundary === null ? unknown() : known(squareMetres(boundary), 'the red line');
	return { stated, drawn, reckoned: firstKnown<number>(stated, drawn) };
}

/** What is designated at the site. Not known where nobody has looked it up. */
export interface Designated {
	listed: Fact<boolean>;
	/** `I`, `II*` or `II` */
	listedGrade: Fact<string>;
	conservationArea: Fact<boolean>;
	worldHeritageSite: Fact<boolean>;
	scheduledMonument: Fact<boolean>;
	registeredPark: Fact<boolean>;
	battlefield: Fact<boolean>;
	areaOfOutstandingNaturalBeauty: Fact<boolean>;
	nationalPark: Fact<boolean>;
	siteOfSpecialScientificInterest: Fact<boolean>;
	/** a Special Protection Area, a Special Area of Conservation or a Ramsar site */
	habitatsSite: Fact<boolean>;
	greenBelt: Fact<boolean>;
	articleFour: Fact<boolean>;
	treePreservationOrder: Fact<boolean>;
	criticalDrainage: Fact<boolean>;
	/** the highest of 1, 2 and 3 */
	floodZone: Fact<number>;
	/** codes of everything met, among what was looked up */
	met: Fact<string[]>;
}

const codesOf = {
	listed: ['listed'],
	conservationArea: ['designated.conservationArea'],
	worldHeritageSite: ['designated.WHS'],
	scheduledMonument: ['monument'],
	registeredPark: ['registeredPark'],
	battlefield: ['battlefield'],
	areaOfOutstandingNaturalBeauty: ['designated.AONB'],
	nationalPark: ['designated.nationalPark'],
	siteOfSpecialScientificInterest: ['nature.SSSI'],
	habitatsSite: ['nature.SPA', 'nature.SAC', 'nature.ramsarSite'],
	greenBelt: ['greenBelt'],
	articleFour: ['articleFour'],
	treePreservationOrder: ['tpo'],
	criticalDrainage: ['flood.criticalDrainage']
} as const;

export function designated(constraints: readonly SiteConstraint[]): Designated {
	const met = metAmong(constraints);
	const grade = (
		[
			['I', 'listed.gradeOne'],
			['II*', 'listed.gradeTwoStar'],
			['II', 'listed.gradeTwo']
		] as const
	).find(([, code]) => constraints.some((one) => one.code === code && one.intersects));
	const looked = Object.entries(codesOf).map(([name, codes]) => [name, anyTrue(...codes.map(met))]);
	return {
		...(Object.fromEntries(looked) as Record<keyof typeof codesOf, Fact<boolean>>),
		listedGrade: grade === undefined ? unknown() : known(grade[0], fromConstraint(grade[1])),
		floodZone: floodZone(constraints, met),
		met:
			constraints.length === 0
				? unknown()
				: known(
						constraints.filter(({ intersects }) => intersects).map(({ code }) => code),
						'the constraints'
					)
	};
}

/** How a designation stands as the place a fact was read from. */
export const fromConstraint = (code: string): string => `constraint ${code}`;

const sharesBranch = (code: string, asked: string): boolean =>
	code === asked || code.startsWith(`${asked}.`);
/** Areas beside the thing itself, which are not it. */
const beside = new Set([
	'designated.WHS.bufferZone',
	'nature.SPA.potential',
	'nature.SAC.possible'
]);

export const metAmong =
	(constraints: readonly SiteConstraint[]) =>
	(asked: string): Fact<boolean> => {
		const looked = constraints.filter(
			({ code }) => sharesBranch(code, asked) && (code === asked || !beside.has(code))
		);
		const met = looked.find(({ intersects }) => intersects);
		if (met !== undefined) return known(true, fromConstraint(met.code));
		const not = looked.find(({ code }) => code === asked);
		return not === undefined ? unknown() : known(false, fromConstraint(not.code));
	};

function floodZone(
	constraints: readonly SiteConstraint[],
	met: (asked: string) => Fact<boolean>
): Fact<number> {
	for (const [zone, code] of [
		[3, 'flood.zoneThree'],
		[2, 'flood.zoneTwo']
	] as const) {
		const fact = met(code);
		if (fact.known && fact.value) return known(zone, fact.from);
	}
	const one = constraints.find(({ code }) => code === 'flood.zoneOne');
	if (one?.intersects === true) return known(1, fromConstraint(one.code));
	// the national flood zone data hold zones 2 and 3: what meets neither lies in zone 1
	const any = constraints.find(({ code }) => code === 'flood');
	return any === undefined
		? unknown()
		: any.intersects
			? unknown(fromConstraint('flood'))
			: known(1, fromConstraint('flood'));
}

/** Trees and hedges, as the applicant answered. */
export interface Trees {
	onSite: Fact<boolean>;
	adjacent: Fact<boolean>;
	/** the proposal itself is works to trees or hedges */
	works: Fact<boolean>;
}

export function trees(stated: Stated, works: Fact<string[]>): Trees {
	return {
		onSite: stated.yesNo('data.property.trees.present', 'whether there are trees on the site'),
		adjacent: stated.yesNo(
			'data.property.trees.adjacent',
			'whether there are trees on adjoining land'
		),
		works: works.known
			? known(
					works.value.some((work) => work.startsWith('alter.trees')),
					works.from
				)
			: unknown()
	};
}
