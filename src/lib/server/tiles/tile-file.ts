import type { BasemapInfo, TileAddress } from '#lib/domain/basemap.ts';

export interface StoredTile {
	bytes: Uint8Array<ArrayBuffer>;
	/** a media type */
	mime: string;
	gzipped: boolean;
}

/** A file of tiles, open for reading; tiles are read one by one, never the whole file. */
export interface TileFile {
	info: Exclude<BasemapInfo, { basemap: 'none' }>;
	/** null where the file has no tile */
	tile(address: TileAddress): Promise<StoredTile | null>;
	close(): Promise<void>;
}

export const vectorTile = 'application/vnd.mapbox-vector-tile';

const mimes: Readonly<Record<string, string>> = {
	pbf: vectorTile,
	mvt: vectorTile,
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	avif: 'image/avif'
};
export const mimeOfFormat = (format: string): string | null => mimes[format.toLowerCase()] ?? null;

export const isGzipped = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Attributions come with links in them; what is shown is their text. */
export const plainText = (html: unknown): string =>
	typeof html === 'string'
		? html
				.replace(/<[^>]*>/g, '')
				.replace(/&copy;/g, '©')
				.replace(/&amp;/g, '&')
				.replace(/\s+/g, ' ')
				.trim()
				.slice(0, 500)
		: '';
