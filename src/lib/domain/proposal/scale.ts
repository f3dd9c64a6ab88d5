import type { Dwellings } from './dwellings.ts';
import { anyTrue, known, mapFact, unknown, type Fact } from './fact.ts';
import type { Floorspace } from './floorspace.ts';
import type { SiteArea } from './site.ts';

/**
 * Major development (DMPO 2015, article 2(1)): minerals; waste; ten homes or more, or half a
 * hectare where the number of homes is not known; a building of 1,000 m² or more; a site of one
 * hectare or more. A householder application is none.
 */
export function majorDevelopment({
	type,
	householder,
	homes,
	floor,
	area,
	works
}: {
	/** code of the application type */
	type: string;
	householder: boolean;
	homes: Dwellings;
	floor: Floorspace;
	area: SiteArea;
	works: Fact<string[]>;
}): Fact<boolean> {
	const byType = 'the application type';
	if (/(^|\.)major(\.|$)|mineral|waste/i.test(type)) return known(true, byType);
	if (householder) return known(false, byType);
	const made = homes.provided;
	const hectares = mapFact(area.reckoned, (metres) => metres / 10_000);
	return anyTrue(
		mapFact(works, (codes) =>
			codes.some((code) => /^new\.(mineralExtraction|wasteDeposit|industrial\.waste)/.test(code))
		),
		mapFact(made, (count) => count >= 10),
		made.known ? known(false, made.from) : homesProposed(works, hectares),
		mapFact(floor.created, (metres) => metres >= 1_000),
		mapFact(hectares, (ha) => ha >= 1)
	);
}

/** Half a hectare counts only where homes are proposed, and nobody says how many. */
const homesProposed = (works: Fact<string[]>, hectares: Fact<number>): Fact<boolean> => {
	const large = mapFact(hectares, (ha) => ha >= 0.5);
	const proposed =
		works.known && works.value.some((work) => /^(new\.(dwelling|residential)|unit)/.test(work));
	return large.known && large.value && !proposed ? unknown(works.from) : large;
};

/** Hectares of a site on which homes are to be provided, and of one on which none are. */
export function areaByUse(
	homes: Dwellings,
	area: SiteArea
): {
	residential: Fact<number>;
	nonResidential: Fact<number>;
} {
	const made = homes.provided;
	if (!made.known) return { residential: unknown(), nonResidential: unknown() };
	const hectares = mapFact(area.reckoned, (metres) => metres / 10_000);
	const none = known(0, made.from);
	return made.value > 0
		? { residential: hectares, nonResidential: none }
		: { residential: none, nonResidential: hectares };
}
