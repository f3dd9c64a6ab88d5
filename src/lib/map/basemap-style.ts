import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Basemap } from '#lib/domain/basemap.ts';

/** Quiet colours: what is planned has to stand out, not what is there. */
const ink = {
	paper: '#f4f2ec',
	sea: '#d5e3ea',
	seaWords: '#46718a',
	built: '#f0ede7',
	shops: '#f3eae3',
	works: '#ebe9ee',
	field: '#f2efe2',
	meadow: '#eaf0df',
	garden: '#dde9cf',
	wood: '#cfdfc0',
	sand: '#f3ead0',
	building: '#dbd3c8',
	buildingEdge: '#b3a899',
	fence: '#cfc8bb',
	road: '#ffffff',
	roadEdge: '#cfc9bd',
	main: '#fdeec2',
	mainEdge: '#d3bd86',
	second: '#fdf7e0',
	rail: '#8d8d8d',
	words: '#3d3d3a',
	quietWords: '#66635c'
} as const;

/** Bold is read from the first name; the browser then takes the first font it has. */
export const fonts = {
	regular: ['Arial', 'Helvetica', 'sans-serif'],
	bold: ['Arial Bold', 'Arial', 'Helvetica', 'sans-serif'],
	italic: ['Arial Italic', 'Arial', 'Helvetica', 'sans-serif']
};

export const tileScheme = 'bops-tiles';

export function basemapSource(info: Basemap): SourceSpecification {
	const common = {
		tiles: [`${tileScheme}://tile/{z}/{x}/{y}`],
		minzoom: info.minZoom,
		maxzoom: info.maxZoom,
		bounds: info.bounds
	};
	return info.basemap === 'vector'
		? { type: 'vector', ...common }
		: { type: 'raster', tileSize: 256, ...common };
}

type Expression = ['interpolate', ...unknown[]];

/** A width of so many metres on the ground from zoom 16 on, and at least so many pixels at 12. */
const wide = (metres: number, least: number): never => {
	// at the latitude of England a pixel of zoom 16 is about 0.74 m
	const at16 = metres / 0.74;
	const width: Expression = [
		'interpolate',
		['exponential', 1.9],
		['zoom'],
		...[12, least, 16, Math.max(at16, least), 21, at16 * 32]
	];
	return width as never;
};

const roads: readonly {
	kinds: readonly string[];
	metres: number;
	least: number;
	fill: string;
	edge: string;
	from: number;
}[] = [
	{
		kinds: ['service', 'track'],
		metres: 4,
		least: 0.4,
		fill: ink.road,
		edge: ink.roadEdge,
		from: 14
	},
	{
		kinds: ['residential', 'unclassified', 'living_street', 'pedestrian', 'busway'],
		...{ metres: 6.6, least: 0.5, fill: ink.road, edge: ink.roadEdge, from: 12 }
	},
	{ kinds: ['tertiary'], metres: 7.6, least: 0.9, fill: ink.road, edge: ink.roadEdge, from: 11 },
	{ kinds: ['secondary'], metres: 8.6, least: 1.4, fill: ink.second, edge: ink.mainEdge, from: 9 },
	{
		kinds: ['primary', 'trunk', 'motorway'],
		...{ metres: 10, least: 1.8, fill: ink.main, edge: ink.mainEdge, from: 5 }
	}
];
const layered = { source: 'basemap' } as const;
const isKind = (kinds: readonly string[]) =>
	['in', ['get', 'kind'], ['literal', [...kinds]]] as never;

function roadLayers(): LayerSpecification[] {
	const of = (bridge: boolean, edges: boolean): LayerSpecification[] =>
		roads.map(({ kinds, metres, least, fill, edge, from }) => ({
			id: `road-${edges ? 'edge' : 'fill'}-${kinds[0] ?? ''}${bridge ? '-bridge' : ''}`,
			type: 'line',
			...layered,
			'source-layer': 'streets',
			minzoom: edges ? Math.max(13, from) : from,
			filter: ['all', isKind(kinds), [bridge ? '==' : '!=', ['get', 'bridge'], true]] as never,
			layout: { 'line-cap': bridge ? 'butt' : 'round', 'line-join': 'round' },
			paint: {
				'line-color': edges ? (bridge ? ink.quietWords : edge) : fill,
				'line-width': edges ? wide(metres + 1.2, least + 0.8) : wide(metres, least)
			}
		}));
	return [...of(false, true), ...of(false, false), ...of(true, true), ...of(true, false)];
}

const fill = (
	id: string,
	sourceLayer: string,
	colour: string,
	kinds?: readonly string[]
): LayerSpecification => ({
	id,
	type: 'fill',
	...layered,
	'source-layer': sourceLayer,
	...(kinds === undefined ? {} : { filter: isKind(kinds) }),
	paint: { 'fill-color': colour }
});

/** Land and water, roads and houses, from tiles whose layers are named as in the Shortbread schema. */
export function groundLayers(info: Basemap): LayerSpecification[] {
	if (info.basemap === 'raster')
		return [{ id: 'pictures', type: 'raster', ...layered, paint: { 'raster-saturation': -0.35 } }];
	return [
		fill('farmland', 'land', ink.field, ['farmland', 'orchard', 'farmyard', 'brownfield']),
		fill('meadow', 'land', ink.meadow, ['meadow', 'grassland', 'grass', 'heath', 'marsh', 'scrub']),
		fill('residential', 'land', ink.built, ['residential', 'garages']),
		fill('retail', 'land', ink.shops, ['retail', 'commercial']),
		fill('industrial', 'land', ink.works, ['industrial', 'railway', 'quarry', 'landfill']),
		fill('gardens', 'land', ink.garden, [
			...['park', 'village_green', 'recreation_ground', 'garden', 'playground', 'allotments'],
			...['golf_course', 'cemetery', 'grave_yard']
		]),
		fill('wood', 'land', ink.wood, ['forest']),
		fill('sand', 'land', ink.sand, ['beach', 'sand']),
		fill('campus', 'sites', '#f2e9d8', ['school', 'college', 'university', 'hospital']),
		{
			id: 'hedges',
			type: 'line',
			...layered,
			'source-layer': 'land',
			minzoom: 13,
			filter: isKind(['farmland', 'meadow', 'grassland', 'orchard']),
			paint: { 'line-color': '#d6d8bf', 'line-width': 1 }
		},
		fill('ocean', 'ocean', ink.sea),
		fill('water', 'water_polygons', ink.sea),
		{
			id: 'shore',
			type: 'line',
			...layered,
			'source-layer': 'water_polygons',
			minzoom: 13,
			paint: { 'line-color': '#a9c4d1', 'line-width': 1 }
		},
		{
			id: 'streams',
			type: 'line',
			...layered,
			'source-layer': 'water_lines',
			paint: { 'line-color': ink.sea, 'line-width': 1.5 }
		},
		{
			id: 'piers',
			type: 'line',
			...layered,
			'source-layer': 'pier_lines',
			paint: { 'line-color': '#a39d93', 'line-width': wide(7, 1) }
		},
		{
			id: 'parcels',
			type: 'line',
			...layered,
			'source-layer': 'bops_parcels',
			minzoom: 16,
			paint: { 'line-color': ink.fence, 'line-width': 0.8 }
		},
		{
			id: 'paths',
			type: 'line',
			...layered,
			'source-layer': 'streets',
			minzoom: 14,
			filter: isKind(['footway', 'path', 'cycleway', 'steps']),
			paint: { 'line-color': '#ffffff', 'line-width': wide(1.6, 0.4) }
		},
		...roadLayers(),
		{
			id: 'rail',
			type: 'line',
			...layered,
			'source-layer': 'streets',
			filter: ['==', ['get', 'rail'], true],
			paint: { 'line-color': ink.rail, 'line-width': wide(3.2, 1) }
		},
		{
			id: 'sleepers',
			type: 'line',
			...layered,
			'source-layer': 'streets',
			minzoom: 13,
			filter: ['==', ['get', 'rail'], true],
			paint: { 'line-color': '#f7f6f3', 'line-width': wide(1.8, 0.4), 'line-dasharray': [3, 3] }
		},
		{
			id: 'buildings',
			type: 'fill',
			...layered,
			'source-layer': 'buildings',
			minzoom: 14,
			paint: { 'fill-color': ink.building, 'fill-outline-color': ink.buildingEdge }
		},
		{
			id: 'trees',
			type: 'circle',
			...layered,
			'source-layer': 'bops_trees',
			minzoom: 16,
			paint: {
				'circle-color': '#a9c48f',
				'circle-opacity': 0.45,
				'circle-radius': [
					'interpolate',
					['exponential', 2],
					['zoom'],
					...[16, ['*', 1.35, ['get', 'radius']], 21, ['*', 43, ['get', 'radius']]]
				] as never
			}
		}
	];
}

const towns = ['capital', 'state_capital', 'city', 'town', 'village'];

/** Names, drawn above what is planned so that both can be read. */
export function nameLayers(info: Basemap): LayerSpecification[] {
	if (info.basemap === 'raster') return [];
	const halo = { 'text-halo-color': 'rgba(255, 255, 255, 0.9)', 'text-halo-width': 1.6 };
	const name: ExpressionSpecification = ['get', 'name'];
	const along = { 'symbol-placement': 'line' as const, 'text-field': name };
	return [
		{
			id: 'house-numbers',
			type: 'symbol',
			...layered,
			'source-layer': 'addresses',
			minzoom: 17.3,
			layout: {
				'text-field': ['get', 'housenumber'],
				'text-font': fonts.regular,
				'text-size': ['interpolate', ['linear'], ['zoom'], 17, 9.5, 20, 14],
				'text-padding': 1
			},
			paint: { 'text-color': ink.quietWords }
		},
		{
			id: 'water-names',
			type: 'symbol',
			...layered,
			'source-layer': 'water_lines_labels',
			layout: {
				...along,
				'text-font': fonts.italic,
				'text-size': ['interpolate', ['linear'], ['zoom'], 13, 11, 18, 16],
				'symbol-spacing': 400
			},
			paint: { 'text-color': ink.seaWords, 'text-halo-color': ink.sea, 'text-halo-width': 1.4 }
		},
		{
			id: 'street-names',
			type: 'symbol',
			...layered,
			'source-layer': 'street_labels',
			layout: {
				...along,
				'text-font': fonts.regular,
				'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10.5, 16, 12.5, 19, 16],
				'symbol-spacing': 260,
				'text-max-angle': 40,
				'text-padding': 3,
				'symbol-sort-key': [
					'match',
					['get', 'kind'],
					...['primary', 0, 'secondary', 1, 'tertiary', 2, 3]
				] as never
			},
			paint: { 'text-color': ink.words, ...halo }
		},
		...(['towns', 'places'] as const).map((part): LayerSpecification => ({
			id: `${part === 'towns' ? 'town' : 'place'}-names`,
			type: 'symbol',
			...layered,
			'source-layer': 'place_labels',
			// who looks at one garden knows which town it is in
			maxzoom: part === 'towns' ? 16 : 24,
			filter: (part === 'towns' ? isKind(towns) : ['!', isKind(towns)]) as never,
			layout: {
				'text-field': name,
				'text-font': fonts.bold,
				'text-size': part === 'towns' ? 17 : 11.5,
				'text-max-width': 9
			},
			paint: { 'text-color': ink.quietWords, ...halo }
		}))
	];
}

export const paper = ink.paper;
