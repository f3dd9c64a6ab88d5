import { createContext } from 'svelte';
import type { BasemapInfo, TileAddress } from '#lib/domain/basemap.ts';

/** Where maps get their tiles from: this tablet first, then the council. Given by the page. */
export interface BasemapReader {
	/** what the basemap covers, as last heard; offline what was heard before */
	info(): Promise<BasemapInfo>;
	/** null where the map is empty; rejects when the tile is neither here nor to be had now */
	tile(address: TileAddress, signal: AbortSignal): Promise<ArrayBuffer | null>;
}

export const [getBasemap, provideBasemap] = createContext<BasemapReader>();
