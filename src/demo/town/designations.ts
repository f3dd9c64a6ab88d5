import type { Address } from './addresses.ts';
import { blob, densified, meets, middle, ringArea, type Point } from './geometry.ts';
import { onGround } from './ground.ts';
import { alongRiver } from './landscape.ts';
import type { Layout } from './layout.ts';
import type { Plot } from './plots.ts';
import type { Random } from './random.ts';

/** Land or a building that is protected or at risk, by the code submissions use for it. */
export interface Designation {
	/** a code of domain/designation.ts */
	code: string;
	name: string;
	/** metres on the ground, anticlockwise */
	ring: readonly Point[];
}

export interface Tree {
	at: Point;
	/** metres */
	radius: number;
}

const outline = (...corners: Point[]): Point[] => {
	const first = corners[0] as Point;
	const ring = densified([...corners, first], 12)
		.slice(0, -1)
		.map(onGround);
	return ringArea(ring) > 0 ? ring : ring.reverse();
};

/** The old town: along the High Street, round church and green, down to the river. */
const oldTown = () =>
	outline(
		[-262, -132],
		[60, -132],
		[132, -118],
		[132, 150],
		[44, 150],
		[44, 290],
		[-122, 290],
		[-122, 150],
		[-262, 150]
	);
const millTerraces = () => outline([-480, 150], [-122, 150], [-122, 430], [-480, 430]);
const northfieldAvenues = () => outline([437, 197], [880, 197], [880, 430], [437, 430]);

const trees = [
	'Oak',
	'Beech',
	'Copper beech',
	'Scots pine',
	'Lime',
	'Horse chestnut',
	'Yew',
	'Ash'
];

/** Everything designated in and around the town, in the order it is drawn. */
export function designationsOf(
	plots: readonly Plot[],
	addresses: readonly Address[],
	buildings: ReadonlyMap<number, readonly Point[]>,
	layout: Layout,
	standing: readonly Tree[],
	random: Random
): Designation[] {
	const old = oldTown();
	const found: Designation[] = [
		{
			code: 'flood.zoneTwo',
			name: 'Flood zone 2, River Wend',
			ring: alongRiver((u) => 48 + 16 * Math.sin(u / 160) + Math.max(0, u - 500) / 9)
		},
		{
			code: 'flood.zoneThree',
			name: 'Flood zone 3, River Wend',
			ring: alongRiver((u) => 21 + 8 * Math.sin(u / 120 + 1) + Math.max(0, u - 500) / 14)
		},
		{ code: 'designated.conservationArea', name: 'Wrenhithe Old Town', ring: old },
		{
			code: 'designated.conservationArea',
			name: 'Northfield Avenues',
			ring: northfieldAvenues()
		},
		{
			code: 'articleFour',
			name: 'Mill Terraces: houses in multiple occupation',
			ring: millTerraces()
		},
		{
			code: 'archaeologicalPriorityArea',
			name: 'Saxon landing place',
			ring: outline([-262, -132], [132, -132], [132, 40], [-262, 40])
		},
		{
			code: 'nature.SSSI',
			name: 'Wend Saltings',
			ring: outline([1010, -130], [1480, -110], [1520, 40], [1240, 110], [1010, 40])
		}
	];
	const wood = layout.openSpaces.find(({ kind }) => kind === 'wood');
	if (wood !== undefined) {
		const { west, east, south, north } = wood.block;
		const ring = outline([west, south], [east, south], [east, north], [west, north]);
		found.push({ code: 'nature.ASNW', name: wood.name, ring });
		found.push({ code: 'tpo', name: `TPO 3 of 1974, W1: ${wood.name}`, ring });
	}
	for (const plot of plots) {
		const footprint = buildings.get(plot.id);
		if (plot.zone !== 'centre' || footprint === undefined || !meets(plot, old)) continue;
		const chances = random.fork('listed', plot.id);
		if (!chances.chance(0.24)) continue;
		const { number, street } = addresses[plot.id] as Address;
		const isStarred = chances.chance(0.08);
		found.push({
			code: isStarred ? 'listed.gradeTwoStar' : 'listed.gradeTwo',
			name: `${number} ${street}, Grade II${isStarred ? '*' : ''}`,
			ring: footprint
		});
	}
	standing.forEach(({ at, radius }, index) => {
		const chances = random.fork('tpo', index);
		if (radius < 4 || !chances.chance(0.16)) return;
		const order = `TPO ${String(chances.whole(1, 19))} of ${String(chances.whole(1968, 2024))}`;
		found.push({
			code: 'tpo',
			name: `${order}, T${String(chances.whole(1, 6))}: ${chances.pick(trees)}`,
			ring: blob(at, radius + 1, 0.05, [1, 2], 16)
		});
	});
	return found;
}

/** Trees of gardens, streets, parks and greens. */
export function treesOf(plots: readonly Plot[], layout: Layout, random: Random): Tree[] {
	const found: Tree[] = [];
	for (const plot of plots) {
		const chances = random.fork('garden', plot.id);
		const likely = {
			centre: 0.08,
			terrace: 0.1,
			semi: 0.4,
			detached: 0.95,
			modern: 0.2,
			works: 0.3
		};
		if (!chances.chance(likely[plot.zone])) continue;
		const [, , backRight, backLeft] = plot.corners;
		const [mx, my] = middle(plot.corners);
		const corner = chances.chance(0.5) ? backRight : backLeft;
		const pull = chances.between(0.45, 0.72);
		found.push({
			at: [mx + (corner[0] - mx) * pull, my + (corner[1] - my) * pull],
			radius: plot.zone === 'terrace' ? chances.between(1.5, 2.6) : chances.between(2.2, 5.6)
		});
	}
	for (const { kind, block } of layout.openSpaces) {
		const count = { park: 90, green: 16, churchyard: 18, recreation: 22, school: 14 }[
			kind as 'park'
		];
		for (let at = 0; at < (count ?? 0); at++) {
			const chances = random.fork(kind, at);
			const isEdge = kind !== 'park' || chances.chance(0.4);
			const across = chances.next();
			const deep = isEdge ? (chances.chance(0.5) ? 0.05 : 0.95) : chances.next();
			const [s, d] = isEdge && chances.chance(0.5) ? [deep, across] : [across, deep];
			const u = block.west + (0.03 + 0.94 * s) * (block.east - block.west);
			const v = block.south + (0.03 + 0.94 * d) * (block.north - block.south);
			found.push({ at: onGround([u, v]), radius: chances.between(3, 6.5) });
		}
	}
	return found;
}
