import { blob, clipToConvex, densified, isInside, ringArea, type Point } from './geometry.ts';
import { onGround } from './ground.ts';
import { railway, river, townEdge } from './layout.ts';
import type { Random } from './random.ts';

/** A piece of countryside, by its name in the tiles. Metres on the ground. */
export interface Cover {
	kind: 'farmland' | 'meadow' | 'grassland' | 'orchard' | 'forest' | 'farmyard' | 'beach';
	ring: readonly Point[];
	hole?: readonly Point[];
}
export interface Lane {
	name: string;
	line: readonly Point[];
}
export interface Landscape {
	/** the shore of the island */
	coast: readonly Point[];
	cover: Cover[];
	river: { name: string; ring: readonly Point[]; middle: readonly Point[] };
	railway: readonly Point[];
	lanes: Lane[];
	breakwaters: (readonly Point[])[];
	/** farm buildings, outside the town and not sites */
	farms: { name: string; at: Point; buildings: (readonly Point[])[] }[];
}

/** How far the middle of the river swings from its straight course, and how wide it is, in metres of the plan. */
const swing = (u: number) => {
	const outside = Math.max(0, Math.abs(u) - 900) / 300;
	return (7 + 34 * Math.min(1, outside)) * Math.sin(u / 118 + 0.4);
};
export const riverWidth = (u: number): number =>
	u < -900 ? 9 + (u + 1900) / 90 : u < 900 ? 20 + (u + 900) / 300 : 26 + (u - 900) / 9;

const courseOf = (offset: (u: number) => number): Point[] =>
	Array.from({ length: 241 }, (_, at): Point => {
		const u = -1500 + at * 15;
		return onGround([u, river.middle + swing(u) + offset(u)]);
	});

/** Both edges of a strip along the river, `reach` metres beyond its banks. */
export function alongRiver(reach: (u: number) => number): Point[] {
	const ring = [
		...courseOf((u) => -riverWidth(u) / 2 - reach(u)),
		...courseOf((u) => riverWidth(u) / 2 + reach(u)).reverse()
	];
	return ringArea(ring) > 0 ? ring : ring.reverse();
}

function fields(coast: readonly Point[], random: Random): Cover[] {
	const cover: Cover[] = [];
	const bounds = [
		-1750,
		-1380,
		-1010,
		townEdge.south,
		-320,
		0,
		320,
		townEdge.north,
		980,
		1330,
		1700
	];
	bounds.slice(1).forEach((north, row) => {
		const south = bounds[row] as number;
		const isBesideTown = south >= townEdge.south && north <= townEdge.north;
		let west = -2150 + random.between(0, 80);
		while (west < 2150) {
			let east = west + random.between(190, 380);
			if (isBesideTown) {
				if (west < townEdge.west && east > townEdge.west - 90) east = townEdge.west;
				if (west >= townEdge.west && west < townEdge.east) {
					west = townEdge.east;
					continue;
				}
			}
			const quad = [
				[west, south],
				[east, south],
				[east, north],
				[west, north]
			] as const;
			const ring = clipToConvex(coast, quad.map(onGround));
			if (ring.length > 3)
				cover.push({
					kind: random.weighted([
						['farmland', 10],
						['meadow', 5],
						['grassland', 3],
						['orchard', 1]
					]),
					ring
				});
			west = east;
		}
	});
	return cover;
}

const winding = (from: Point, to: Point, sway: number): Point[] =>
	densified([from, to], 20).map(([u, v], at, all) => {
		const share = at / (all.length - 1);
		const off = sway * Math.sin(share * 5.2) * share;
		const isUpright = Math.abs(to[1] - from[1]) > Math.abs(to[0] - from[0]);
		return onGround(isUpright ? [u + off, v] : [u, v + off]);
	});

/** Two arms that shelter the mouth of the river. */
function breakwatersAt(course: readonly Point[], coast: readonly Point[]): (readonly Point[])[] {
	const mouth = course.findIndex((place, at) => at > 120 && !isInside(place, coast));
	const [x, y] = course[mouth] as Point;
	const [beforeX, beforeY] = course[mouth - 4] as Point;
	const length = Math.hypot(x - beforeX, y - beforeY);
	const [outX, outY] = [(x - beforeX) / length, (y - beforeY) / length];
	const arm = (side: number) =>
		(
			[
				[-70, 96],
				[80, 104],
				[170, 74],
				[200, 34]
			] as const
		).map(([out, across]): Point => [
			x + out * outX - side * across * outY,
			y + out * outY + side * across * outX
		]);
	return [arm(1), arm(-1)];
}

/** Everything round the town: shore, river, fields, woods, lanes, farms. */
export function landscapeOf(random: Random): Landscape {
	const phases = [0.4, 2.2, 4.1, 1.3, 5.2].map((phase) => phase + random.between(0, 0.4));
	const coves = [11, 17, 23, 31].map((waves) => ({ waves, phase: random.between(0, 6.28) }));
	const coast = blob([0, 0], 1, 0.085, phases, 400).map(([x, y], at): Point => {
		const angle = (at / 400) * 2 * Math.PI;
		const bite = coves.reduce(
			(sum, { waves, phase }) => sum + Math.abs(Math.sin((waves * angle) / 2 + phase)) / waves,
			0
		);
		return [60 + x * (1770 + 150 * bite), 20 + y * (1400 + 150 * bite)];
	});
	const sand = coast.map(([x, y]): Point => [60 + (x - 60) * 0.982, 20 + (y - 20) * 0.982]);
	const course = courseOf(() => 0);
	const lanes = [
		{ name: 'Beacon Lane', line: winding([-40, 640], [-120, 1240], 90) },
		{ name: 'Downs Road', line: winding([-40, -640], [60, -1180], -80) },
		{ name: 'Mill Lane', line: winding([-480, -640], [-760, -1000], 50) },
		{ name: 'Hanger Lane', line: winding([-480, 640], [-900, 960], 40) },
		{ name: 'Cliff Lane', line: winding([-880, 95], [-1520, 160], 70) },
		{ name: 'Lighthouse Lane', line: winding([880, 190], [1560, 260], -60) },
		{ name: 'Harbour Lane', line: winding([380, -640], [700, -980], 40) }
	];
	const farms = [
		{ name: 'Beacon Farm', at: [-150, 930] as Point },
		{ name: 'Downs Farm', at: [70, -940] as Point },
		{ name: 'Cliff Farm', at: [-1230, 60] as Point },
		{ name: 'Saltmarsh Farm', at: [1200, 330] as Point }
	].map(({ name, at: [u, v] }) => {
		const box = (x: number, y: number, width: number, height: number) =>
			(
				[
					[u + x, v + y],
					[u + x + width, v + y],
					[u + x + width, v + y + height],
					[u + x, v + y + height]
				] as const
			).map(onGround);
		return {
			name,
			at: onGround([u, v]),
			buildings: [
				box(-34, -22, 13, 9),
				box(-14, -26, 34, 16),
				box(-12, 0, 24, 14),
				box(18, -4, 14, 30)
			]
		};
	});
	const woods = (
		[
			[-1150, -420, 130],
			[620, 960, 150],
			[-640, 1010, 120],
			[1230, -520, 110],
			[-420, -960, 100]
		] as const
	).map(([u, v, radius], at): Cover => ({
		kind: 'forest',
		ring: blob(
			onGround([u, v]),
			radius,
			0.3,
			[at, at * 2.3, at * 1.7].map((phase) => phase + random.next())
		)
	}));
	return {
		coast,
		cover: [
			...fields(coast, random),
			...woods,
			...farms.map(({ at }): Cover => ({ kind: 'farmyard', ring: blob(at, 46, 0.16, [1, 2, 3]) })),
			{ kind: 'beach', ring: coast, hole: sand }
		],
		river: { name: 'River Wend', ring: alongRiver(() => 0), middle: course },
		railway: densified(
			[
				[-2000, railway.middle],
				[2000, railway.middle]
			],
			20
		)
			.map(onGround)
			.filter((point) => isInside(point, sand)),
		lanes,
		breakwaters: breakwatersAt(course, coast),
		farms
	};
}
