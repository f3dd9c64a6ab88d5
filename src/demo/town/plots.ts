import { between, densified, distance, ringArea, type Point } from './geometry.ts';
import { groundScale, onGround } from './ground.ts';
import type { Random } from './random.ts';
import {
	blockMiddle,
	type Block,
	type PlannedStreet,
	type Side,
	type Zone
} from './street-plan.ts';

/** A piece of land with one owner. Metres on the ground; anticlockwise. */
export interface Plot {
	id: number;
	zone: Zone['name'];
	street: PlannedStreet;
	ring: readonly Point[];
	/** seen from the street: front left, front right, back right, back left */
	corners: readonly [Point, Point, Point, Point];
	/** its place in the row, for terraces and pairs */
	row: { id: number; at: number; of: number };
}

/** A row of plots on one side of a street: its front and its back on the ground, left to right. */
interface Row {
	street: PlannedStreet;
	front: Point[];
	back: Point[];
}

const fronts: Record<Side, (b: Block, depth: number) => [Point, Point, Point, Point]> = {
	south: (b, d) => [
		[b.west, b.south],
		[b.east, b.south],
		[b.west, b.south + d],
		[b.east, b.south + d]
	],
	north: (b, d) => [
		[b.east, b.north],
		[b.west, b.north],
		[b.east, b.north - d],
		[b.west, b.north - d]
	],
	west: (b, d) => [
		[b.west, b.north],
		[b.west, b.south],
		[b.west + d, b.north],
		[b.west + d, b.south]
	],
	east: (b, d) => [
		[b.east, b.south],
		[b.east, b.north],
		[b.east - d, b.south],
		[b.east - d, b.north]
	]
};

function rowsOf(block: Block, zone: Zone): Row[] {
	const open = (sides: Side[]) => sides.filter((side) => block.edges[side].street !== null);
	const width = block.east - block.west;
	const height = block.north - block.south;
	const [level, upright] = [open(['south', 'north']), open(['west', 'east'])];
	const isLevel = upright.length === 0 || (level.length > 0 && width >= height);
	const sides = isLevel ? level : upright;
	const short = isLevel ? height : width;
	const wanted = (zone.plotDepth * 1.25) / groundScale(blockMiddle(block));
	const depth = Math.min(wanted, short / sides.length);
	return sides.flatMap((side) => {
		const { street } = block.edges[side];
		if (street === null) return [];
		const [frontLeft, frontRight, backLeft, backRight] = fronts[side](block, depth);
		const bent = (from: Point, to: Point) => densified([from, to], 4).map(onGround);
		return [{ street, front: bent(frontLeft, frontRight), back: bent(backLeft, backRight) }];
	});
}

/** The place at a share of a line's pieces, and which piece it is on. */
function along(line: readonly Point[], share: number): { point: Point; piece: number } {
	const exact = share * (line.length - 1);
	const piece = Math.min(Math.floor(exact), line.length - 2);
	return { point: between(line[piece] as Point, line[piece + 1] as Point, exact - piece), piece };
}

/** Lengths of the plots of a row, in shares of it, with the alleys between groups of houses. */
function shares(zone: Zone, length: number, random: Random): [number, number][] {
	const count = Math.max(1, Math.round(length / zone.plotWidth));
	const alley = zone.name === 'terrace' ? 1.6 : 0;
	const group = random.whole(6, 11);
	const alleys = alley === 0 ? 0 : Math.floor((count - 1) / group);
	const uneven = zone.name === 'terrace' || zone.name === 'semi' ? 0.02 : 0.2;
	const weights = Array.from({ length: count }, () => random.between(1 - uneven, 1 + uneven));
	const unit = (length - alleys * alley) / weights.reduce((sum, weight) => sum + weight, 0);
	let at = 0;
	return weights.map((weight, index) => {
		if (alley > 0 && index > 0 && index % group === 0) at += alley;
		const from = at;
		at += weight * unit;
		return [from / length, Math.min(1, at / length)];
	});
}

/** Divides every block into plots whose neighbours share their fences exactly. */
export function plotsOf(
	quarters: readonly { zone: Zone; blocks: readonly Block[] }[],
	random: Random
): Plot[] {
	const plots: Plot[] = [];
	let rowId = 0;
	for (const { zone, blocks } of quarters)
		for (const block of blocks)
			for (const { street, front, back } of rowsOf(block, zone)) {
				const length = front.reduce(
					(sum, point, at) => sum + (at === 0 ? 0 : distance(front[at - 1] as Point, point)),
					0
				);
				const cuts = shares(zone, length, random);
				cuts.forEach(([left, right], at) => {
					const [fl, fr] = [along(front, left), along(front, right)];
					const [bl, br] = [along(back, left), along(back, right)];
					const ring = [
						fl.point,
						...front.slice(fl.piece + 1, fr.piece + 1),
						fr.point,
						br.point,
						...back.slice(bl.piece + 1, br.piece + 1).reverse(),
						bl.point
					].filter((point, index, all) => distance(point, all.at(index - 1) as Point) > 1e-6);
					plots.push({
						id: plots.length,
						zone: zone.name,
						street,
						ring: ringArea(ring) > 0 ? ring : ring.reverse(),
						corners: [fl.point, fr.point, br.point, bl.point],
						row: { id: rowId, at, of: cuts.length }
					});
				});
				rowId++;
			}
	return plots;
}
