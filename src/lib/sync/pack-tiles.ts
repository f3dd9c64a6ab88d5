import { tileAt, type BasemapInfo, type TileAddress } from '#lib/domain/basemap.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';

/** How far round the site the map is taken, metres, and at which zooms. */
export const reach = 400;
const zooms = { least: 13, most: 17 } as const;

/** The tiles within reach of the site that the basemap covers. */
export function tilesRound(
	{ boundary, point }: PlanningCase,
	info: Exclude<BasemapInfo, { basemap: 'none' }>
): TileAddress[] {
	const rings =
		boundary === null
			? []
			: boundary.type === 'Polygon'
				? boundary.coordinates
				: boundary.coordinates.flat();
	const places = [
		...rings.flat().map(([longitude = 0, latitude = 0]) => ({ longitude, latitude })),
		...(rings.length === 0 && point !== null ? [point] : [])
	];
	if (places.length === 0) return [];
	const longitudes = places.map(({ longitude }) => longitude);
	const latitudes = places.map(({ latitude }) => latitude);
	const north = reach / 111_200;
	const east = north / Math.cos(((latitudes[0] ?? 0) * Math.PI) / 180);
	const bounds = {
		west: Math.max(Math.min(...longitudes) - east, info.bounds[0]),
		south: Math.max(Math.min(...latitudes) - north, info.bounds[1]),
		east: Math.min(Math.max(...longitudes) + east, info.bounds[2]),
		north: Math.min(Math.max(...latitudes) + north, info.bounds[3])
	};
	if (bounds.west >= bounds.east || bounds.south >= bounds.north) return [];
	const tiles: TileAddress[] = [];
	const last = Math.min(zooms.most, info.maxZoom);
	for (let z = Math.max(Math.min(zooms.least, last), info.minZoom); z <= last; z++) {
		const first = tileAt(z, bounds.west, bounds.north);
		const final = tileAt(z, bounds.east, bounds.south);
		for (let x = first.x; x <= final.x; x++)
			for (let y = first.y; y <= final.y; y++) tiles.push({ z, x, y });
	}
	return tiles;
}
