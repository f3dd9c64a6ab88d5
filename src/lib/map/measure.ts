import { bbox } from '@turf/bbox';
import type { Area, LonLat } from '#lib/domain/primitives.ts';
import type { MapCase } from './map-case.ts';

/** West, south, east, north in degrees. */
export type Extent = readonly [number, number, number, number];

/** Metres of one degree at a latitude (WGS 84, first terms of the series: good to a few centimetres a kilometre). */
export function metresPerDegree(latitude: number): { east: number; north: number } {
	const phi = (latitude * Math.PI) / 180;
	return {
		north: 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
		east: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi)
	};
}

export function extentOf(boundary: Area): Extent {
	const [west, south, east, north] = bbox(boundary);
	return [west, south, east, north];
}

/** Width from west to east and height from south to north, in metres. */
export function metresAcross([west, south, east, north]: Extent): {
	width: number;
	height: number;
} {
	const per = metresPerDegree((south + north) / 2);
	return { width: (east - west) * per.east, height: (north - south) * per.north };
}

/** Every ring of a boundary, outlines and holes alike, as positions. */
export const ringsOf = ({ type, coordinates }: Area): number[][][] =>
	type === 'Polygon' ? coordinates : coordinates.flat();

export const cornerCount = (boundary: Area): number =>
	ringsOf(boundary).reduce((sum, ring) => sum + ring.length - 1, 0);

/** Where a case is: its point, or the middle of its boundary. */
export function placeOf({ point, boundary }: MapCase): LonLat | null {
	if (point !== null) return point;
	if (boundary === null) return null;
	const [west, south, east, north] = extentOf(boundary);
	return { longitude: (west + east) / 2, latitude: (south + north) / 2 };
}

/** What has to be in view to see a case: its boundary, else a hundred metres round its point. */
export function extentOfCase(one: MapCase): Extent | null {
	if (one.boundary !== null) return extentOf(one.boundary);
	if (one.point === null) return null;
	const { longitude, latitude } = one.point;
	const per = metresPerDegree(latitude);
	const [x, y] = [50 / per.east, 50 / per.north];
	return [longitude - x, latitude - y, longitude + x, latitude + y];
}

export function extentOfAll(extents: readonly Extent[]): Extent | null {
	const [first, ...others] = extents;
	if (first === undefined) return null;
	return others.reduce<Extent>(
		(all, one) => [
			Math.min(all[0], one[0]),
			Math.min(all[1], one[1]),
			Math.max(all[2], one[2]),
			Math.max(all[3], one[3])
		],
		first
	);
}

export const isWithin = ({ longitude, latitude }: LonLat, [west, south, east, north]: Extent) =>
	longitude >= west && longitude <= east && latitude >= south && latitude <= north;
