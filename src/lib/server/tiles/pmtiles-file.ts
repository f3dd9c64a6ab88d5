import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import {
	Compression,
	PMTiles,
	SharedPromiseCache,
	tileTypeExt,
	type RangeResponse,
	type Source
} from 'pmtiles';
import { isGzipped, mimeOfFormat, plainText, vectorTile, type TileFile } from './tile-file.ts';

const gunzipped = promisify(gunzip);
const unbrotlied = promisify(brotliDecompress);

/** The file as the library wants it: read in ranges. */
class FileRanges implements Source {
	readonly #file: FileHandle;
	readonly #path: string;

	constructor(file: FileHandle, path: string) {
		this.#file = file;
		this.#path = path;
	}

	getKey(): string {
		return this.#path;
	}

	async getBytes(offset: number, length: number): Promise<RangeResponse> {
		const data = new Uint8Array(length);
		const { bytesRead } = await this.#file.read(data, 0, length, offset);
		return { data: data.buffer.slice(0, bytesRead) };
	}
}

async function unpacked(bytes: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
	if (compression === Compression.None || compression === Compression.Unknown) return bytes;
	if (compression === Compression.Gzip) return new Uint8Array(await gunzipped(bytes)).buffer;
	if (compression === Compression.Brotli) return new Uint8Array(await unbrotlied(bytes)).buffer;
	throw new Error('The archive is compressed with zstd, which this version cannot read.');
}

/** Gzipped tiles travel as they are stored: the browser unpacks them. */
const asStored = (bytes: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> =>
	compression === Compression.Gzip ? Promise.resolve(bytes) : unpacked(bytes, compression);

/** Opens a PMTiles archive; throws when it is not one. */
export async function openPmtiles(path: string, version: string): Promise<TileFile> {
	const file = await open(path, 'r');
	try {
		const source = new FileRanges(file, path);
		const archive = new PMTiles(source, new SharedPromiseCache(200, true, unpacked), asStored);
		const header = await archive.getHeader();
		const mime = mimeOfFormat(tileTypeExt(header.tileType).replace('.', ''));
		if (mime === null) throw new Error('The archive holds tiles of a type that maps cannot show.');
		const stored = await source.getBytes(header.jsonMetadataOffset, header.jsonMetadataLength);
		const packed = await unpacked(stored.data, header.internalCompression);
		const metadata = JSON.parse(new TextDecoder().decode(packed)) as Record<string, unknown>;
		return {
			info: {
				basemap: mime === vectorTile ? 'vector' : 'raster',
				version,
				minZoom: header.minZoom,
				maxZoom: header.maxZoom,
				bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
				attribution: plainText(metadata['attribution'])
			},
			async tile({ z, x, y }) {
				const tile = await archive.getZxy(z, x, y);
				if (tile === undefined || tile.data.byteLength === 0) return null;
				const bytes = new Uint8Array(tile.data);
				return { bytes, mime, gzipped: isGzipped(bytes) };
			},
			close: () => file.close()
		};
	} catch (problem) {
		await file.close();
		throw problem;
	}
}
