import { addProtocol, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { tileScheme } from './basemap-style.ts';
import type { BasemapReader } from './basemap.ts';

let reader: BasemapReader | null = null;
let isReady = false;

/** A picture of one transparent point: what a raster map shows where it is empty. */
const nothing = Uint8Array.from(
	atob(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
	),
	(char) => char.charCodeAt(0)
).buffer;

/**
 * Lets maps ask for tiles by way of our reader, so that a tile is taken from this tablet before
 * the network is tried. All maps of a page share the reader of the officer who is signed in.
 */
export function readTilesFrom(chosen: BasemapReader, isRaster: boolean): void {
	reader = chosen;
	if (isReady) return;
	isReady = true;
	setWorkerUrl(workerUrl);
	addProtocol(tileScheme, async ({ url }, { signal }) => {
		const [z, x, y] = url.split('/').slice(-3).map(Number) as [number, number, number];
		const tile = await reader?.tile({ z, x, y }, signal);
		return { data: tile ?? (isRaster ? nothing.slice(0) : new ArrayBuffer(0)) };
	});
}
