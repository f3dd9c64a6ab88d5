import type { Point } from './geometry.ts';
import { groundScale } from './ground.ts';
import type { Random } from './random.ts';

export type StreetKind = 'primary' | 'secondary' | 'tertiary' | 'residential' | 'unclassified';

/** A street on the plan: a straight line there, a curved one on the ground. */
export interface PlannedStreet {
	id: number;
	name: string;
	kind: StreetKind;
	from: Point;
	to: Point;
	/** metres between the fences on both sides */
	corridor: number;
	/** the quarter it was laid to serve; null for the main streets */
	zone: Zone['name'] | null;
}
interface NewStreet {
	kind: StreetKind;
	corridor: number;
	name?: string;
	zone?: Zone['name'] | null;
}

/** What bounds a block on one side: a street whose centre line is `half` metres away, or nothing. */
interface Edge {
	street: PlannedStreet | null;
	half: number;
}
export type Side = 'west' | 'east' | 'south' | 'north';
export const noEdge: Edge = { street: null, half: 0 };

/** A piece of the plan between streets. */
export interface Block {
	west: number;
	east: number;
	south: number;
	north: number;
	edges: Record<Side, Edge>;
}

/** How a quarter of the town is built: plot sizes in metres on the ground. */
export interface Zone {
	name: 'centre' | 'terrace' | 'semi' | 'detached' | 'modern' | 'works';
	plotDepth: number;
	plotWidth: number;
	/** longest run of plots between cross streets */
	longestBlock: number;
	corridor: number;
}
export const zones: Record<Zone['name'], Zone> = {
	centre: { name: 'centre', plotDepth: 33, plotWidth: 7.6, longestBlock: 125, corridor: 11 },
	terrace: { name: 'terrace', plotDepth: 27, plotWidth: 5.7, longestBlock: 170, corridor: 11.5 },
	semi: { name: 'semi', plotDepth: 39, plotWidth: 9.8, longestBlock: 215, corridor: 14 },
	detached: { name: 'detached', plotDepth: 48, plotWidth: 18, longestBlock: 240, corridor: 14 },
	modern: { name: 'modern', plotDepth: 27, plotWidth: 11.5, longestBlock: 150, corridor: 11 },
	works: { name: 'works', plotDepth: 64, plotWidth: 46, longestBlock: 260, corridor: 16 }
};

export const blockMiddle = (block: Block): Point => [
	(block.west + block.east) / 2,
	(block.south + block.north) / 2
];

/** Lays streets and remembers them; names are given afterwards. */
export class StreetPlan {
	readonly streets: PlannedStreet[] = [];

	/** A street through the whole block, north to south at `u`; gives what is west and what is east of it. */
	northSouth(block: Block, u: number, street: NewStreet) {
		const { south, north } = block.edges;
		const laid = this.#add(street, [u, block.south - south.half], [u, block.north + north.half]);
		const edge = { street: laid, half: street.corridor / 2 };
		return [
			{ ...block, east: u - edge.half, edges: { ...block.edges, east: edge } },
			{ ...block, west: u + edge.half, edges: { ...block.edges, west: edge } }
		] as const;
	}

	/** A street through the whole block, west to east at `v`; gives what is south and what is north of it. */
	westEast(block: Block, v: number, street: NewStreet) {
		const { west, east } = block.edges;
		const laid = this.#add(street, [block.west - west.half, v], [block.east + east.half, v]);
		const edge = { street: laid, half: street.corridor / 2 };
		return [
			{ ...block, north: v - edge.half, edges: { ...block.edges, north: edge } },
			{ ...block, south: v + edge.half, edges: { ...block.edges, south: edge } }
		] as const;
	}

	#add(
		{ kind, corridor, name = '', zone = null }: NewStreet,
		from: Point,
		to: Point
	): PlannedStreet {
		const street = { id: this.streets.length, name, kind, corridor, zone, from, to };
		this.streets.push(street);
		return street;
	}

	/** Divides a quarter by side streets until every block has plots back to back. */
	divide(block: Block, zone: Zone, random: Random): Block[] {
		const scale = groundScale(blockMiddle(block));
		const width = block.east - block.west;
		const height = block.north - block.south;
		const long = Math.max(width, height) * scale;
		const short = Math.min(width, height) * scale;
		const corridor = zone.corridor / scale;
		const street = { kind: 'residential' as const, corridor, zone: zone.name };
		const row = 2 * zone.plotDepth + zone.corridor;
		if (long > zone.longestBlock * 1.4) {
			const at = random.between(0.4, 0.6);
			const parts =
				width >= height
					? this.northSouth(block, block.west + width * at, street)
					: this.westEast(block, block.south + height * at, street);
			return parts.flatMap((part) => this.divide(part, zone, random));
		}
		const isTurned = long < short * 1.5 && short > 1.6 * row && random.chance(0.5);
		const rows = Math.round(((isTurned ? long : short) + zone.corridor) / row);
		if (rows < 2) return [block];
		const at = Math.floor(rows / 2) / rows;
		const parts =
			width >= height !== isTurned
				? this.westEast(block, block.south + height * at, street)
				: this.northSouth(block, block.west + width * at, street);
		return parts.flatMap((part) => this.divide(part, zone, random));
	}
}

/** A block without streets around it: the squared paper to begin on. */
export const openBlock = (west: number, south: number, east: number, north: number): Block => ({
	west,
	east,
	south,
	north,
	edges: { west: noEdge, east: noEdge, south: noEdge, north: noEdge }
});

/** Leaves a strip free (a river, a railway) and gives what is south and what is north of it. */
export const leaveStrip = (block: Block, south: number, north: number): readonly [Block, Block] => [
	{ ...block, north: south, edges: { ...block.edges, north: noEdge } },
	{ ...block, south: north, edges: { ...block.edges, south: noEdge } }
];

/** Divides without a street; gives the western and the eastern, or the southern and the northern part. */
export function part(block: Block, axis: 'u' | 'v', at: number): readonly [Block, Block] {
	return axis === 'u'
		? [
				{ ...block, east: at, edges: { ...block.edges, east: noEdge } },
				{ ...block, west: at, edges: { ...block.edges, west: noEdge } }
			]
		: leaveStrip(block, at, at);
}
