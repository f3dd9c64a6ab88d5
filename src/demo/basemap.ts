import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { writeArchive, type Tile } from './basemap/pmtiles-writer.ts';
import { layersOf, seaReach } from './basemap/town-layers.ts';
import type { Town } from './town.ts';
import { position } from './town/ground.ts';

const zooms = { min: 10, max: 17 } as const;
const extent = 4096;

/** Which tile of a zoom holds a place (web Mercator). */
const tileAt = (z: number, longitude: number, latitude: number): readonly [number, number] => {
	const sine = Math.sin((latitude * Math.PI) / 180);
	const share = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
	return [Math.floor(((longitude + 180) / 360) * 2 ** z), Math.floor(share * 2 ** z)];
};

/** The town's basemap as a PMTiles archive: vector tiles in the Shortbread schema, zooms 10 to 17. */
export function drawBasemap(town: Town): Buffer {
	const layers = layersOf(town).map(({ name, fromZoom, features }) => ({
		name,
		fromZoom,
		index: new GeoJSONVT(features, {
			maxZoom: zooms.max,
			indexMaxZoom: zooms.max,
			indexMaxPoints: 0,
			tolerance: 2,
			extent,
			buffer: 96
		})
	}));
	const [west, south] = position([-seaReach[0], -seaReach[1]]);
	const [east, north] = position(seaReach);
	const tiles: Tile[] = [];
	for (let z: number = zooms.min; z <= zooms.max; z++) {
		const [firstX, lastY] = tileAt(z, west, south);
		const [lastX, firstY] = tileAt(z, east, north);
		for (let x = firstX; x <= lastX; x++)
			for (let y = firstY; y <= lastY; y++) {
				const drawn: Record<string, GeoJSONVTTile> = {};
				for (const { name, fromZoom, index } of layers) {
					const tile = z < fromZoom ? null : index.getTile(z, x, y);
					if (tile === null || tile.features.length === 0) continue;
					const before = drawn[name];
					drawn[name] =
						before === undefined
							? tile
							: { ...before, features: [...before.features, ...tile.features] };
				}
				if (Object.keys(drawn).length > 0)
					tiles.push({ z, x, y, bytes: fromGeojsonVt(drawn, { version: 2, extent }) });
			}
	}
	return writeArchive(tiles, {
		minZoom: zooms.min,
		maxZoom: zooms.max,
		bounds: [west, south, east, north],
		metadata: {
			name: `${town.name}, an invented town`,
			attribution: `${town.name}: an invented town, generated with BoPS`,
			type: 'baselayer',
			vector_layers: [...new Set(layers.map(({ name }) => name))].map((name) => ({
				id: name,
				fields: {}
			}))
		}
	});
}
