import { between, distance, ringArea, type Point } from './geometry.ts';
import type { Plot } from './plots.ts';
import type { Random } from './random.ts';

export type HouseKind = 'terrace' | 'semi' | 'detached' | 'bungalow' | 'shop' | 'works';
export interface Building {
	part: 'main' | 'extension' | 'garage' | 'outbuilding';
	/** anticlockwise, metres on the ground */
	ring: readonly Point[];
	storeys: number;
}
/** A rectangle of a plot seen from the street, in metres: from the left fence, and from the front fence. */
export interface Footprint {
	left: number;
	right: number;
	front: number;
	back: number;
}
/** What stands on a plot, with the measures its drawings are made from. */
export interface Built {
	kind: HouseKind;
	storeys: number;
	/** metres along the street, and from front to back */
	width: number;
	depth: number;
	house: Footprint;
	outrigger: Footprint | null;
	buildings: Building[];
}

export const plotWidth = ({ corners: [fl, fr] }: Plot): number => distance(fl, fr);
export const plotDepth = ({ corners: [fl, fr, br, bl] }: Plot): number =>
	(distance(fl, bl) + distance(fr, br)) / 2;

/** The place of a plot that is `across` metres from its left fence and `deep` metres from its front. */
export function inPlot(plot: Plot, across: number, deep: number): Point {
	const [fl, fr, br, bl] = plot.corners;
	const s = across / plotWidth(plot);
	const d = deep / plotDepth(plot);
	return between(between(fl, fr, s), between(bl, br, s), d);
}

/** A footprint on the ground, with right angles: measured from the house's left front corner. */
export function onPlot(plot: Plot, { left, right, front, back }: Footprint): Point[] {
	const ring = [
		inPlot(plot, left, front),
		inPlot(plot, right, front),
		inPlot(plot, right, back),
		inPlot(plot, left, back)
	];
	return ringArea(ring) > 0 ? ring : ring.reverse();
}

/** Houses of one row were built together: same setback, same depth. */
const rowStyle = (plot: Plot, random: Random) => {
	const row = random.fork('row', plot.row.id);
	return { setback: row.next(), depth: row.next(), mirrored: row.chance(0.5), low: row.next() };
};

/** Builds on a plot as its quarter was built. */
export function buildOn(plot: Plot, town: Random): Built {
	const random = town.fork('plot', plot.id);
	const style = rowStyle(plot, town);
	const wide = plotWidth(plot);
	const deep = plotDepth(plot);
	const isLeft = plot.row.at % 2 === 0;
	const extra: [Building['part'], Footprint, number][] = [];
	let kind: HouseKind;
	let storeys = 2;
	let house: Footprint;
	let outrigger: Footprint | null = null;
	switch (plot.zone) {
		case 'terrace': {
			kind = 'terrace';
			const front = 1.6 + 1.8 * style.setback;
			house = { left: 0, right: wide, front, back: front + 8 + style.depth };
			const inner = wide * 0.54;
			outrigger = {
				...(isLeft === style.mirrored
					? { left: 0, right: inner }
					: { left: wide - inner, right: wide }),
				front: house.back,
				back: house.back + 4.6 + style.depth
			};
			break;
		}
		case 'semi': {
			const alone = plot.row.of % 2 === 1 && plot.row.at === plot.row.of - 1;
			kind = alone ? 'detached' : 'semi';
			const front = 6 + 2.5 * style.setback;
			const gap = Math.min(2.6, wide * 0.27);
			house = {
				left: alone || isLeft ? gap : 0,
				right: wide - (alone ? 1 : isLeft ? 0 : gap),
				front,
				back: front + 8.4 + style.depth
			};
			if (random.chance(0.45)) {
				const garage =
					isLeft || alone ? { left: 0.2, right: gap } : { left: wide - gap, right: wide - 0.2 };
				extra.push(['garage', { ...garage, front: house.back + 1, back: house.back + 6.2 }, 1]);
			}
			break;
		}
		case 'detached': {
			kind = style.low > 0.75 ? 'bungalow' : 'detached';
			storeys = kind === 'bungalow' ? 1 : 2;
			const front = 8 + 4 * style.setback + random.between(0, 1.5);
			house = {
				left: Math.max(1.2, wide * random.between(0.1, 0.16)),
				right: wide - Math.max(3.6, wide * random.between(0.22, 0.3)),
				front,
				back: front + random.between(8.5, 11)
			};
			if (random.chance(0.7))
				extra.push([
					'garage',
					{ left: wide - 3.4, right: wide - 0.4, front: front + 2, back: front + 7.6 },
					1
				]);
			break;
		}
		case 'modern': {
			kind = 'detached';
			const front = 3.6 + 1.6 * style.setback;
			house = { left: 0.9, right: wide - 3.2, front, back: front + 8.2 + style.depth };
			if (random.chance(0.6))
				extra.push([
					'garage',
					{ left: wide - 3, right: wide - 0.2, front: front + 3.2, back: front + 8.6 },
					1
				]);
			break;
		}
		case 'centre': {
			kind = 'shop';
			storeys = random.weighted([
				[2, 4],
				[3, 5]
			]);
			house = {
				left: 0,
				right: wide,
				front: 0.3,
				back: Math.min(deep - 6, random.between(11, 17))
			};
			if (random.chance(0.6))
				outrigger = {
					left: 0,
					right: wide * random.between(0.45, 0.8),
					front: house.back,
					back: Math.min(deep - 2, house.back + random.between(4, 9))
				};
			break;
		}
		case 'works': {
			kind = 'works';
			storeys = 1;
			const side = random.between(4, 7);
			house = { left: side, right: wide - side, front: random.between(11, 16), back: deep - 9 };
		}
	}
	const rear = (outrigger ?? house).back;
	if (kind !== 'works' && kind !== 'shop' && deep - rear > 9 && random.chance(0.2)) {
		const reach = random.between(2.6, 3.9);
		const { left, right } = outrigger ?? house;
		extra.push(['extension', { left, right, front: rear, back: rear + reach }, 1]);
	}
	if (kind !== 'works' && deep - rear > 12 && random.chance(0.4)) {
		const left = random.chance(0.5) ? 0.5 : wide - 2.9;
		extra.push([
			'outbuilding',
			{ left, right: left + 2.4, front: deep - 3.4, back: deep - 0.8 },
			1
		]);
	}
	const buildings: Building[] = [
		{ part: 'main', ring: mainRing(plot, house, outrigger), storeys },
		...extra.map(([part, footprint, height]) => ({
			part,
			ring: onPlot(plot, footprint),
			storeys: height
		}))
	];
	return {
		kind,
		storeys,
		width: house.right - house.left,
		depth: house.back - house.front,
		house,
		outrigger,
		buildings
	};
}

/** House and outrigger as one shape. */
function mainRing(plot: Plot, house: Footprint, outrigger: Footprint | null): Point[] {
	if (outrigger === null) return onPlot(plot, house);
	const at = (across: number, deep: number) => inPlot(plot, across, deep);
	const ring = [
		at(house.left, house.front),
		at(house.right, house.front),
		at(house.right, house.back),
		at(outrigger.right, house.back),
		at(outrigger.right, outrigger.back),
		at(outrigger.left, outrigger.back),
		at(outrigger.left, house.back),
		at(house.left, house.back)
	].filter((point, index, all) => distance(point, all.at(index - 1) as Point) > 1e-6);
	return ringArea(ring) > 0 ? ring : ring.reverse();
}
