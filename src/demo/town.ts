import { addressesOf, townName, type Address } from './town/addresses.ts';
import { buildOn, type Built } from './town/buildings.ts';
import { designationsOf, treesOf, type Designation, type Tree } from './town/designations.ts';
import { boxOf, densified, meets, rectangle, type Box, type Point } from './town/geometry.ts';
import { onGround } from './town/ground.ts';
import { landmarksOf, type Landmark } from './town/landmarks.ts';
import { landscapeOf, type Landscape } from './town/landscape.ts';
import { layOut, railway, river, townEdge, type Layout } from './town/layout.ts';
import { plotsOf, type Plot } from './town/plots.ts';
import { Random } from './town/random.ts';
import { nameStreets } from './town/street-names.ts';
import type { PlannedStreet } from './town/street-plan.ts';

export interface Street extends Omit<PlannedStreet, 'from' | 'to'> {
	/** metres on the ground */
	line: readonly Point[];
	/** the parts that cross river or railway */
	bridges: (readonly Point[])[];
}

/** A plot with its address and what stands on it: what an application is made for. */
export interface Site extends Plot {
	address: Address;
	built: Built;
	ward: string;
	/** designations that the plot meets */
	designations: Designation[];
}

export interface Town {
	seed: string;
	name: string;
	streets: Street[];
	sites: Site[];
	landscape: Landscape;
	/** built-up land and the grass round it */
	ground: { kind: 'grass' | 'residential' | 'retail' | 'industrial'; ring: readonly Point[] }[];
	landmarks: Landmark[];
	trees: Tree[];
	designations: Designation[];
}

/** Crossings of a street that runs from south to north on the plan. */
function bridgesOf({ from, to }: PlannedStreet): (readonly Point[])[] {
	if (from[0] !== to[0]) return [];
	return [river, railway]
		.filter(({ south, north }) => from[1] < south && to[1] > north)
		.map(({ south, north }) =>
			densified(
				[
					[from[0], south],
					[from[0], north]
				],
				8
			).map(onGround)
		);
}

/** A rectangle of the plan as it lies on the ground. */
function bent(west: number, south: number, east: number, north: number): Point[] {
	const corners = rectangle(west, south, east, north);
	return densified([...corners, corners[0]], 15)
		.slice(0, -1)
		.map(onGround);
}

const groundOf = ({ quarters }: Layout): Town['ground'] => [
	{ kind: 'grass', ring: bent(townEdge.west, townEdge.south, townEdge.east, townEdge.north) },
	...quarters.flatMap(({ zone, blocks }) =>
		blocks.map(({ west, south, east, north }) => ({
			kind:
				({ centre: 'retail', works: 'industrial' } as const)[zone.name as 'works'] ?? 'residential',
			ring: bent(west, south, east, north)
		}))
	)
];

const wardOf = ([x, y]: Point): string =>
	x < 0
		? y < -150
			? 'Southgate'
			: y < 300
				? 'Church'
				: 'Hanger'
		: y < -150
			? 'Harbour'
			: 'Northfield';

/**
 * A small English town that does not exist, the same for the same seed: its streets, plots,
 * buildings, addresses, countryside and designations agree with one another, because the map,
 * the plans and the applications are all drawn from this one value.
 */
export function generateTown(seed: string): Town {
	const random = new Random(`town/${seed}`);
	const layout = layOut(random.fork('streets'));
	nameStreets(layout.streets, random.fork('names'));
	const plots = plotsOf(layout.quarters, random.fork('plots'));
	const addresses = addressesOf(plots);
	const built = plots.map((plot) => buildOn(plot, random));
	const trees = treesOf(plots, layout, random.fork('trees'));
	const houses = new Map(built.map(({ buildings }, id) => [id, buildings[0]?.ring ?? []] as const));
	const designations = designationsOf(
		plots,
		addresses,
		houses,
		layout,
		trees,
		random.fork('designations')
	);
	const boxes = designations.map(({ ring }) => boxOf(ring));
	return {
		seed,
		name: townName,
		streets: layout.streets.map(({ from, to, ...street }) => ({
			...street,
			line: densified([from, to], 8).map(onGround),
			bridges: bridgesOf({ from, to, ...street })
		})),
		sites: plots.map((plot) => {
			const box = boxOf(plot.ring);
			return {
				...plot,
				address: addresses[plot.id] as Address,
				built: built[plot.id] as Built,
				ward: wardOf(plot.corners[0]),
				designations: designations.filter(
					({ ring }, at) => touches(box, boxes[at] as Box) && meets(plot, ring)
				)
			};
		}),
		landscape: landscapeOf(random.fork('landscape')),
		ground: groundOf(layout),
		landmarks: landmarksOf(layout),
		trees,
		designations
	};
}

const touches = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
