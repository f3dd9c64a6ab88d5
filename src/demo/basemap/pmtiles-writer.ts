import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Compression, TileType, zxyToTileId } from 'pmtiles';

export interface Tile {
	z: number;
	x: number;
	y: number;
	/** not compressed */
	bytes: Uint8Array;
}
export interface ArchiveFacts {
	minZoom: number;
	maxZoom: number;
	/** west, south, east, north in degrees */
	bounds: readonly [number, number, number, number];
	metadata: Record<string, unknown>;
}
interface Entry {
	tileId: number;
	offset: number;
	length: number;
	runLength: number;
}

const headerLength = 127;
/** Readers fetch this much first and expect the root directory in it. */
const firstFetch = 16_384;

/** A PMTiles version 3 archive of gzipped vector tiles; equal tiles are stored once. */
export function writeArchive(tiles: readonly Tile[], facts: ArchiveFacts): Buffer {
	const sorted = tiles
		.map(({ z, x, y, bytes }) => ({ tileId: zxyToTileId(z, x, y), bytes }))
		.sort((a, b) => a.tileId - b.tileId);
	const stored = new Map<string, { offset: number; length: number }>();
	const data: Buffer[] = [];
	const entries: Entry[] = [];
	let end = 0;
	for (const { tileId, bytes } of sorted) {
		const hash = createHash('sha256').update(bytes).digest('hex');
		let place = stored.get(hash);
		if (place === undefined) {
			const packed = gzipSync(bytes, { level: 9 });
			place = { offset: end, length: packed.length };
			end += packed.length;
			data.push(packed);
			stored.set(hash, place);
		}
		const last = entries.at(-1);
		if (last?.offset === place.offset && last.tileId + last.runLength === tileId) last.runLength++;
		else entries.push({ tileId, ...place, runLength: 1 });
	}
	const root = gzipSync(directory(entries), { level: 9 });
	if (headerLength + root.length > firstFetch)
		throw new Error('Too many tiles for one directory: this writer makes no leaf directories.');
	const metadata = gzipSync(JSON.stringify(facts.metadata), { level: 9 });
	const tileData = Buffer.concat(data);
	const header = headerOf(facts, {
		root: root.length,
		metadata: metadata.length,
		tileData: tileData.length,
		addressed: sorted.length,
		entries: entries.length,
		contents: stored.size
	});
	return Buffer.concat([header, root, metadata, tileData]);
}

function directory(entries: readonly Entry[]): Buffer {
	const bytes: number[] = [];
	const varint = (value: number) => {
		let left = value;
		while (left >= 128) {
			bytes.push((left % 128) + 128);
			left = Math.floor(left / 128);
		}
		bytes.push(left);
	};
	varint(entries.length);
	entries.forEach(({ tileId }, at) => {
		varint(tileId - (entries[at - 1]?.tileId ?? 0));
	});
	for (const { runLength } of entries) varint(runLength);
	for (const { length } of entries) varint(length);
	entries.forEach(({ offset }, at) => {
		const before = entries[at - 1];
		const follows = before !== undefined && offset === before.offset + before.length;
		varint(follows ? 0 : offset + 1);
	});
	return Buffer.from(bytes);
}

function headerOf(
	{ minZoom, maxZoom, bounds: [west, south, east, north] }: ArchiveFacts,
	sizes: Record<'root' | 'metadata' | 'tileData' | 'addressed' | 'entries' | 'contents', number>
): Buffer {
	const header = Buffer.alloc(headerLength);
	header.write('PMTiles', 0, 'latin1');
	header.writeUInt8(3, 7);
	const metadataAt = headerLength + sizes.root;
	const tilesAt = metadataAt + sizes.metadata;
	[
		...[headerLength, sizes.root, metadataAt, sizes.metadata, tilesAt, 0, tilesAt, sizes.tileData],
		...[sizes.addressed, sizes.entries, sizes.contents]
	].forEach((value, at) => header.writeBigUInt64LE(BigInt(value), 8 + 8 * at));
	const degrees = (value: number) => Math.round(value * 1e7);
	header.writeUInt8(1, 96);
	header.writeUInt8(Compression.Gzip, 97);
	header.writeUInt8(Compression.Gzip, 98);
	header.writeUInt8(TileType.Mvt, 99);
	header.writeUInt8(minZoom, 100);
	header.writeUInt8(maxZoom, 101);
	header.writeInt32LE(degrees(west), 102);
	header.writeInt32LE(degrees(south), 106);
	header.writeInt32LE(degrees(east), 110);
	header.writeInt32LE(degrees(north), 114);
	header.writeUInt8(Math.min(maxZoom, 14), 118);
	header.writeInt32LE(degrees((west + east) / 2), 119);
	header.writeInt32LE(degrees((south + north) / 2), 123);
	return header;
}
