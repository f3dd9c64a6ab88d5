import { openRegister } from '#lib/server/register/open-register.ts';
import { isGzipped, mimeOfFormat, plainText, vectorTile, type TileFile } from './tile-file.ts';

/** Opens an MBTiles file (specification 1.3); throws when it is not one. */
export function openMbtiles(path: string, version: string): TileFile {
	const { sqlite } = openRegister(path, { readonly: true });
	try {
		const rows = sqlite
			.prepare<[], { name: string; value: string }>('select name, value from metadata')
			.all();
		const metadata = new Map(rows.map(({ name, value }) => [name, value]));
		const mime = mimeOfFormat(metadata.get('format') ?? 'pbf');
		if (mime === null) throw new Error('The file holds tiles of a type that maps cannot show.');
		const zooms = sqlite
			.prepare<[], { least: number | null; most: number | null }>(
				'select min(zoom_level) as least, max(zoom_level) as most from tiles'
			)
			.get();
		const bounds = (metadata.get('bounds') ?? '').split(',').map(Number);
		const [west, south, east, north] = bounds;
		const isWhole = bounds.length === 4 && bounds.every(Number.isFinite);
		const find = sqlite.prepare<[number, number, number], { tile_data: Buffer }>(
			'select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?'
		);
		return {
			info: {
				basemap: mime === vectorTile ? 'vector' : 'raster',
				version,
				minZoom: Number(metadata.get('minzoom') ?? zooms?.least ?? 0),
				maxZoom: Number(metadata.get('maxzoom') ?? zooms?.most ?? 14),
				bounds: isWhole
					? [west as number, south as number, east as number, north as number]
					: [-180, -85.05, 180, 85.05],
				attribution: plainText(metadata.get('attribution'))
			},
			tile({ z, x, y }) {
				// rows of MBTiles count from the south
				const row = find.get(z, x, 2 ** z - 1 - y);
				if (row === undefined || row.tile_data.length === 0) return Promise.resolve(null);
				const bytes = new Uint8Array(row.tile_data);
				return Promise.resolve({ bytes, mime, gzipped: isGzipped(bytes) });
			},
			close() {
				sqlite.close();
				return Promise.resolve();
			}
		};
	} catch (problem) {
		sqlite.close();
		throw problem;
	}
}
