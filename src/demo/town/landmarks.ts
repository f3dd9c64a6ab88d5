import { densified, ringArea, type Point } from './geometry.ts';
import { onGround } from './ground.ts';
import type { Layout, OpenSpace, OpenSpaceKind } from './layout.ts';
import type { Block } from './street-plan.ts';

/** Open land of the town with what stands on it. Metres on the ground. */
export interface Landmark {
	kind: OpenSpaceKind;
	name: string;
	ring: readonly Point[];
	middle: Point;
	buildings: (readonly Point[])[];
	paths: (readonly Point[])[];
	ponds: (readonly Point[])[];
}

/** A place of a block: 0, 0 is its south west corner, 1, 1 its north east corner. */
const placeIn =
	(block: Block) =>
	([s, d]: Point): Point => [
		block.west + s * (block.east - block.west),
		block.south + d * (block.north - block.south)
	];

/** Corners in metres of the plan, from a place of the block. */
type Shape = { at: Point; corners: Point[] };
const box = (at: Point, width: number, height: number): Shape => ({
	at,
	corners: [
		[0, 0],
		[width, 0],
		[width, height],
		[0, height]
	]
});

const buildings: Partial<Record<OpenSpaceKind, Shape[]>> = {
	churchyard: [
		{
			at: [0.3, 0.4],
			corners: [
				[0, 0],
				[9, 0],
				[9, -1],
				[24, -1],
				[24, -7],
				[31, -7],
				[31, -1],
				[44, -1],
				[44, 10],
				[31, 10],
				[31, 16],
				[24, 16],
				[24, 10],
				[9, 10],
				[9, 9],
				[0, 9]
			]
		}
	],
	school: [
		{
			at: [0.52, 0.62],
			corners: [
				[0, 0],
				[64, 0],
				[64, 14],
				[36, 14],
				[36, 40],
				[64, 40],
				[64, 54],
				[0, 54],
				[0, 40],
				[22, 40],
				[22, 14],
				[0, 14]
			]
		},
		box([0.2, 0.78], 30, 22)
	],
	station: [box([0.3, 0.6], 46, 9), box([0.62, 0.7], 12, 7)],
	recreation: [box([0.08, 0.86], 18, 9)],
	quay: [
		box([0.1, 0.35], 44, 20),
		box([0.34, 0.4], 60, 18),
		box([0.62, 0.35], 36, 22),
		box([0.82, 0.42], 40, 16)
	],
	park: [box([0.12, 0.8], 14, 10)]
};

const paths: Partial<Record<OpenSpaceKind, Point[][]>> = {
	green: [
		[
			[0, 0],
			[1, 1]
		],
		[
			[0, 1],
			[0.5, 0.5],
			[1, 0]
		]
	],
	park: [
		[
			[0, 0.5],
			[0.3, 0.42],
			[0.62, 0.5],
			[1, 0.62]
		],
		[
			[0.3, 0.42],
			[0.36, 0.8],
			[0.2, 1]
		],
		[
			[0.62, 0.5],
			[0.6, 0.2],
			[0.75, 0]
		]
	],
	churchyard: [
		[
			[0.28, 0],
			[0.34, 0.4],
			[0.34, 1]
		]
	],
	recreation: [
		[
			[0, 0.1],
			[1, 0.2]
		]
	]
};

const outline = (points: readonly Point[]): Point[] => {
	const ring = densified([...points, points[0] as Point], 12)
		.slice(0, -1)
		.map(onGround);
	return ringArea(ring) > 0 ? ring : ring.reverse();
};

function landmark({ kind, name, block }: OpenSpace): Landmark {
	const at = placeIn(block);
	const corners: Point[] = [
		[0, 0],
		[1, 0],
		[1, 1],
		[0, 1]
	];
	return {
		kind,
		name,
		ring: outline(corners.map(at)),
		middle: onGround(at([0.5, 0.5])),
		buildings: (buildings[kind] ?? []).map((shape) => {
			const [u, v] = at(shape.at);
			const ring = shape.corners.map(([x, y]): Point => onGround([u + x, v + y]));
			return ringArea(ring) > 0 ? ring : ring.reverse();
		}),
		paths: (paths[kind] ?? []).map((line) => densified(line.map(at), 10).map(onGround)),
		ponds:
			kind === 'park'
				? [
						outline(
							Array.from({ length: 24 }, (_, corner): Point => {
								const angle = (corner / 24) * 2 * Math.PI;
								const [u, v] = at([0.55, 0.74]);
								const r = 22 + 4 * Math.sin(2 * angle + 1) + 3 * Math.sin(3 * angle);
								return [u + 1.5 * r * Math.cos(angle), v + r * Math.sin(angle)];
							})
						)
					]
				: []
	};
}

export const landmarksOf = (layout: Layout): Landmark[] => layout.openSpaces.map(landmark);
