import { area } from '@turf/area';
import type { Area, LonLat } from './primitives.ts';

/** Square metres on the ground, geodesic: no projection comes into it. */
export const squareMetres = (boundary: Area): number => area(boundary);

/** Outlines of an area, one for each piece; holes are left out. */
const outlines = ({ type, coordinates }: Area): number[][][] =>
	type === 'Polygon' ? coordinates.slice(0, 1) : coordinates.flatMap((piece) => piece.slice(0, 1));

/** How many separate pieces an area has. */
export const pieces = (boundary: Area): number => outlines(boundary).length;

/** Metres from a point to the outline of an area, 0 inside it; flat-earth, for distances on a site. */
export function metresOutside({ longitude, latitude }: LonLat, boundary: Area): number {
	const east = 111_320 * Math.cos((latitude * Math.PI) / 180);
	const north = 111_195;
	const rings = outlines(boundary).map((ring) =>
		ring.map(([lon = 0, lat = 0]): [number, number] => [
			(lon - longitude) * east,
			(lat - latitude) * north
		])
	);
	if (rings.some(holdsOrigin)) return 0;
	return Math.min(...rings.flatMap(distances));
}

/** Whether a ring goes round the origin. */
function holdsOrigin(ring: [number, number][]): boolean {
	let inside = false;
	for (const [n, [x, y]] of ring.entries()) {
		const [px, py] = ring[n === 0 ? ring.length - 1 : n - 1] ?? [x, y];
		if (y > 0 !== py > 0 && 0 < ((px - x) * (0 - y)) / (py - y) + x) inside = !inside;
	}
	return inside;
}

/** From the origin to each side of a ring. */
const distances = (ring: [number, number][]): number[] =>
	ring.slice(1).map(([x, y], n) => {
		const [ax, ay] = ring[n] ?? [x, y];
		const [dx, dy] = [x - ax, y - ay];
		const length = dx * dx + dy * dy;
		const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
		return Math.hypot(ax + along * dx, ay + along * dy);
	});
