/** Metres east and north of the town's centre, or any other plane. */
export type Point = readonly [number, number];

export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

export const between = (a: Point, b: Point, share: number): Point => [
	a[0] + (b[0] - a[0]) * share,
	a[1] + (b[1] - a[1]) * share
];

/** Square metres inside a ring; positive when it runs anticlockwise. */
export function ringArea(ring: readonly Point[]): number {
	let twice = 0;
	for (let at = 0; at < ring.length; at++) {
		const [x1, y1] = ring[at] as Point;
		const [x2, y2] = ring[(at + 1) % ring.length] as Point;
		twice += x1 * y2 - x2 * y1;
	}
	return twice / 2;
}

/** The middle of a ring's corners: inside every shape drawn here that stands for a site. */
export function middle(ring: readonly Point[]): Point {
	const sum = ring.reduce<[number, number]>(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
	return [sum[0] / ring.length, sum[1] / ring.length];
}

export function isInside([x, y]: Point, ring: readonly Point[]): boolean {
	let inside = false;
	for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
		const [x1, y1] = ring[at] as Point;
		const [x2, y2] = ring[before] as Point;
		if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
	}
	return inside;
}

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

export function boxOf(ring: readonly Point[]): Box {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of ring) {
		west = Math.min(west, x);
		south = Math.min(south, y);
		east = Math.max(east, x);
		north = Math.max(north, y);
	}
	return [west, south, east, north];
}

/** Whether two shapes share ground, judged by the four corners and the middle of the one and the corners of the other. */
export function meets(
	{ corners, ring }: { corners: readonly Point[]; ring: readonly Point[] },
	area: readonly Point[]
): boolean {
	if (isInside(middle(corners), area)) return true;
	const [west, south, east, north] = boxOf(ring);
	return (
		area.some(
			(place) =>
				place[0] > west &&
				place[0] < east &&
				place[1] > south &&
				place[1] < north &&
				isInside(place, ring)
		) || corners.some((corner) => isInside(corner, area))
	);
}

/** The part of `ring` inside an anticlockwise convex shape (Sutherland and Hodgman). */
export function clipToConvex(ring: readonly Point[], convex: readonly Point[]): Point[] {
	let kept = [...ring];
	for (let side = 0; side < convex.length && kept.length > 0; side++) {
		const a = convex[side] as Point;
		const b = convex[(side + 1) % convex.length] as Point;
		const height = (p: Point) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
		const next: Point[] = [];
		for (let at = 0; at < kept.length; at++) {
			const from = kept[at] as Point;
			const to = kept[(at + 1) % kept.length] as Point;
			const [h1, h2] = [height(from), height(to)];
			if (h1 >= 0) next.push(from);
			if (h1 >= 0 !== h2 >= 0) next.push(between(from, to, h1 / (h1 - h2)));
		}
		kept = next;
	}
	return kept;
}

/** A line in straight pieces no longer than `step`. */
export function densified(line: readonly Point[], step: number): Point[] {
	const result: Point[] = line.slice(0, 1);
	for (let at = 1; at < line.length; at++) {
		const from = line[at - 1] as Point;
		const to = line[at] as Point;
		const pieces = Math.max(1, Math.ceil(distance(from, to) / step));
		for (let piece = 1; piece <= pieces; piece++) result.push(between(from, to, piece / pieces));
	}
	return result;
}

/** Corners of a rectangle, anticlockwise from the south west. */
export const rectangle = (
	west: number,
	south: number,
	east: number,
	north: number
): readonly [Point, Point, Point, Point] => [
	[west, south],
	[east, south],
	[east, north],
	[west, north]
];

/** A smooth irregular shape round a point: `radius` metres, give or take the `roughness` share. */
export function blob(
	[x, y]: Point,
	radius: number,
	roughness: number,
	phases: readonly number[],
	corners = 48
): Point[] {
	return Array.from({ length: corners }, (_, at) => {
		const angle = (at / corners) * 2 * Math.PI;
		const swell = phases.reduce(
			(sum, phase, wave) => sum + Math.sin((wave + 2) * angle + phase) / (wave + 2),
			0
		);
		const r = radius * (1 + roughness * swell);
		return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
	});
}
