import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { BasemapInfo, TileAddress } from '#lib/domain/basemap.ts';
import type { TileFile } from './tile-file.ts';

const unpacked = promisify(gunzip);

/** Asked for by the file's version, a tile never changes; asked for without, it may be replaced. */
const keep = (url: string, version: string): string =>
	new URL(url).searchParams.get('v') === version
		? 'private, max-age=31536000, immutable'
		: 'private, no-cache';

/** Reads `/tiles/{z}/{x}/{y}`; null when that is no tile. */
export function readAddress(params: Partial<Record<string, string>>): TileAddress | null {
	const [z, x, y] = ['z', 'x', 'y'].map((name) =>
		/^\d{1,9}$/.test(params[name] ?? '') ? Number(params[name]) : NaN
	) as [number, number, number];
	return z <= 24 && x < 2 ** z && y < 2 ** z ? { z, x, y } : null;
}

/** Answers with one tile: 204 where the map is empty, 304 when the browser has it. */
export async function serveTile(
	request: Request,
	file: TileFile | null,
	address: TileAddress
): Promise<Response> {
	if (file === null)
		return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
	const headers: Record<string, string> = {
		'cache-control': keep(request.url, file.info.version),
		vary: 'accept-encoding'
	};
	const etag = `"${file.info.version}-${address.z}-${address.x}-${address.y}"`;
	headers['etag'] = etag;
	if (request.headers.get('if-none-match')?.includes(etag) === true)
		return new Response(null, { status: 304, headers });
	const tile = await file.tile(address);
	if (tile === null) return new Response(null, { status: 204, headers });
	const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	const body = tile.gzipped && !takesGzip ? new Uint8Array(await unpacked(tile.bytes)) : tile.bytes;
	headers['content-type'] = tile.mime;
	headers['content-length'] = String(body.byteLength);
	if (tile.gzipped && takesGzip) headers['content-encoding'] = 'gzip';
	return new Response(request.method === 'HEAD' ? null : body, { headers });
}

/** What the device needs to know before it asks for tiles. Paths of the server are not its business. */
export const metadataAnswer = (info: BasemapInfo): Response =>
	Response.json(
		info.basemap === 'none'
			? { basemap: 'none', reason: 'No basemap is set up for this council.' }
			: info,
		{ headers: { 'cache-control': 'no-store' } }
	);
