import type { Feature, FeatureCollection, Geometry, GeoJsonProperties } from 'geojson';
import type { Town } from '../town.ts';
import { middle, type Point } from '../town/geometry.ts';
import { closedRing, position } from '../town/ground.ts';

/** Features of one layer of the tiles that appear from one zoom on. */
export interface Layer {
	name: string;
	fromZoom: number;
	features: FeatureCollection;
}

/** How far the sea is drawn round the middle of the island, metres. */
export const seaReach: Point = [3_400, 2_900];

const feature = (geometry: Geometry, properties: GeoJsonProperties): Feature => ({
	type: 'Feature',
	geometry,
	properties
});
const area = (rings: readonly (readonly Point[])[], properties: GeoJsonProperties): Feature =>
	feature({ type: 'Polygon', coordinates: rings.map(closedRing) }, properties);
const line = (points: readonly Point[], properties: GeoJsonProperties): Feature =>
	feature({ type: 'LineString', coordinates: points.map(position) }, properties);
const point = (at: Point, properties: GeoJsonProperties): Feature =>
	feature({ type: 'Point', coordinates: position(at) }, properties);

const landOf = {
	green: 'village_green',
	churchyard: 'grave_yard',
	park: 'park',
	wood: 'forest',
	recreation: 'recreation_ground',
	allotments: 'allotments',
	station: 'railway',
	quay: 'commercial',
	school: 'recreation_ground'
} as const;

/**
 * The town as layers of vector tiles: names and kinds are those of the Shortbread schema 1.0 (CC0),
 * so that a council's own basemap in that schema is drawn by the same style. Layers whose names
 * begin with `bops_` are ours: plots, trees and constraint areas.
 */
export function layersOf(town: Town): Layer[] {
	const layers: Layer[] = [];
	const add = (name: string, fromZoom: number, features: Feature[]) =>
		layers.push({ name, fromZoom, features: { type: 'FeatureCollection', features } });
	const { landscape, landmarks, streets, sites } = town;
	const [east, north] = seaReach;
	const sea: Point[] = [
		[-east, -north],
		[east, -north],
		[east, north],
		[-east, north]
	];

	add('ocean', 10, [area([sea, [...landscape.coast].reverse()], {})]);
	add('land', 11, [
		...landscape.cover.map(({ kind, ring, hole }) =>
			area(hole === undefined ? [ring] : [ring, [...hole].reverse()], { kind })
		),
		...town.ground.map(({ kind, ring }) => area([ring], { kind })),
		...landmarks.map(({ kind, ring }) => area([ring], { kind: landOf[kind] }))
	]);
	add(
		'sites',
		14,
		landmarks
			.filter(({ kind }) => kind === 'school')
			.map(({ kind, ring }) => area([ring], { kind }))
	);
	add('water_polygons', 10, [
		area([landscape.river.ring], { kind: 'river' }),
		...landmarks.flatMap(({ ponds }) => ponds.map((pond) => area([pond], { kind: 'water' })))
	]);
	add('water_lines_labels', 13, [
		line(landscape.river.middle, { kind: 'river', name: landscape.river.name })
	]);
	add(
		'pier_lines',
		12,
		landscape.breakwaters.map((arm) => line(arm, { kind: 'breakwater' }))
	);

	const lanes = landscape.lanes.map(({ name, line: path }) => ({
		...{ name, line: path, kind: 'unclassified', corridor: 9, bridges: [] }
	}));
	for (const [kinds, fromZoom] of [
		[['primary', 'secondary'], 10],
		[['tertiary', 'unclassified'], 12],
		[['residential'], 13]
	] as const) {
		const own = [...streets, ...lanes].filter(({ kind }) =>
			(kinds as readonly string[]).includes(kind)
		);
		add(
			'streets',
			fromZoom,
			own.flatMap(({ line: path, kind, bridges }) => [
				line(path, { kind, rail: false, bridge: false }),
				...bridges.map((bridge) => line(bridge, { kind, rail: false, bridge: true }))
			])
		);
		add(
			'street_labels',
			fromZoom + 2,
			own.map(({ line: path, kind, name }) => line(path, { kind, name }))
		);
	}
	add('streets', 10, [line(landscape.railway, { kind: 'rail', rail: true, bridge: false })]);
	add(
		'streets',
		14,
		landmarks.flatMap(({ paths }) =>
			paths.map((path) => line(path, { kind: 'footway', rail: false, bridge: false }))
		)
	);
	add('buildings', 14, [
		...sites.flatMap(({ built }) => built.buildings.map(({ ring }) => area([ring], {}))),
		...landmarks.flatMap(({ buildings }) => buildings.map((ring) => area([ring], {}))),
		...landscape.farms.flatMap(({ buildings }) => buildings.map((ring) => area([ring], {})))
	]);
	add(
		'addresses',
		17,
		sites.map(({ address, built }) =>
			point(middle(built.buildings[0]?.ring.slice(0, 4) ?? []), { housenumber: address.number })
		)
	);
	add('place_labels', 10, [point([-40, 60], { kind: 'town', name: town.name, population: 9_800 })]);
	add('place_labels', 13, [
		...landmarks.map(({ name, middle: at }) => point(at, { kind: 'locality', name })),
		...landscape.farms.map(({ name, at }) => point(at, { kind: 'farm', name }))
	]);
	add(
		'bops_parcels',
		16,
		sites.map(({ ring }) => area([ring], {}))
	);
	add(
		'bops_trees',
		15,
		town.trees.map(({ at, radius }) => point(at, { radius }))
	);
	add(
		'bops_constraints',
		12,
		town.designations.map(({ code, name, ring }) => area([ring], { code, name }))
	);
	return layers;
}
