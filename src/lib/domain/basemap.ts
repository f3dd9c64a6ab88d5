import { z } from 'zod';

const known = {
	/** changes when the file changes: part of what a device remembers of its tiles */
	version: z.string(),
	minZoom: z.number().int().min(0).max(24),
	maxZoom: z.number().int().min(0).max(24),
	/** west, south, east, north in degrees WGS 84 */
	bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
	/** plain text, shown on every map as the owner of the data asks */
	attribution: z.string()
};

/** What the council's basemap is, as `/tiles/metadata` says it. */
export const basemapInfo = z.discriminatedUnion('basemap', [
	/** no file is set up, or it cannot be read: maps show sites on a grid */
	z.object({ basemap: z.literal('none'), reason: z.string() }),
	/** vector tiles whose layers are named as in the Shortbread schema */
	z.object({ basemap: z.literal('vector'), ...known }),
	/** pictures */
	z.object({ basemap: z.literal('raster'), ...known })
]);
export type BasemapInfo = z.infer<typeof basemapInfo>;
export type Basemap = Exclude<BasemapInfo, { basemap: 'none' }>;

/** One tile of the usual web map pyramid: z zooms in, x goes east, y goes south. */
export interface TileAddress {
	z: number;
	x: number;
	y: number;
}

/** The tile that holds a place. */
export function tileAt(z: number, longitude: number, latitude: number): TileAddress {
	const sine = Math.sin((latitude * Math.PI) / 180);
	const share = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
	const last = 2 ** z - 1;
	const within = (value: number) => Math.min(last, Math.max(0, Math.floor(value * 2 ** z)));
	return { z, x: within((longitude + 180) / 360), y: within(share) };
}

/** Where the council serves it; with its version, so that a browser need not ask again. */
export const tilePath = ({ z, x, y }: TileAddress, version: string): string =>
	`/tiles/${z}/${x}/${y}?v=${encodeURIComponent(version)}`;
