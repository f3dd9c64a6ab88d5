import type { Dwellings } from './dwellings.ts';
import { known, unknown, valueOf, type Fact } from './fact.ts';
import type { Stated } from './stated.ts';

/** Square metres of floorspace that the proposal creates, by building or by extending. */
export interface Floorspace {
	created: Fact<number>;
	/** of which in homes, or in extensions to them */
	residential: Fact<number>;
	nonResidential: Fact<number>;
}

export function floorspace(
	stated: Stated,
	homes: Dwellings,
	{ oneHouse, works }: { oneHouse: boolean; works: Fact<string[]> }
): Floorspace {
	const parts = [
		stated.amount('data.proposal.new.area.squareMetres', 'the new floorspace'),
		stated.amount('data.proposal.extend.area.squareMetres', 'the floorspace of the extension')
	].filter((part) => part.known);
	const created: Fact<number> =
		parts[0] !== undefined
			? known(
					parts.reduce((sum, { value }) => sum + value, 0),
					parts[0].from
				)
			: buildsNothing(works);
	const atHome = oneHouse || isHome(stated);
	const residential = atHome && created.known ? created : homes.floorspace;
	const nonResidential =
		oneHouse || (atHome && valueOf(homes.provided) !== null)
			? known(0, oneHouse ? 'the application type' : 'data.property.type')
			: created.known && residential.known && parts.length > 0
				? known(Math.max(0, created.value - residential.value), created.from)
				: created.known && created.value === 0
					? created
					: unknown();
	return { created, residential, nonResidential };
}

const isHome = (stated: Stated): boolean =>
	valueOf(stated.code('data.property.type'))?.startsWith('residential') === true;

/** Works inside a building, to its face or to its use create no floorspace; a mezzanine does. */
const insideOnly =
	/^(internal(?!\.mezzanine)|alter\.|changeOfUse(?!\.extension)|demolish|repair|maintain)/;

function buildsNothing(works: Fact<string[]>): Fact<number> {
	return works.known && works.value.length > 0 && works.value.every((work) => insideOnly.test(work))
		? known(0, works.from)
		: unknown();
}
