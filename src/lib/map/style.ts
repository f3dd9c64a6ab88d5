import type { FeatureCollection } from 'geojson';
import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { BasemapInfo } from '#lib/domain/basemap.ts';
import { basemapSource, groundLayers, nameLayers, paper } from './basemap-style.ts';
import { constraintLayers, gridLayers, pointLayers, siteLayers } from './case-layers.ts';

export const emptyCollection: FeatureCollection = { type: 'FeatureCollection', features: [] };

const ownSources = [
	...(['grid-lines', 'grid-labels', 'outlines', 'sites', 'points', 'viewpoints'] as const)
];
/** What we draw ourselves, on or under the council's map. */
export type OwnSource = (typeof ownSources)[number];

/** Paper or map, constraints, red line, names, points: in the order in which they lie on one another. */
export function styleFor(info: BasemapInfo): StyleSpecification {
	const hasTiles = info.basemap !== 'none';
	const own: [string, SourceSpecification][] = ownSources.map((name) => [
		name,
		{ type: 'geojson', data: emptyCollection }
	]);
	return {
		version: 8,
		sources: {
			...(hasTiles ? { basemap: basemapSource(info) } : {}),
			...Object.fromEntries(own)
		},
		layers: [
			{ id: 'paper', type: 'background', paint: { 'background-color': paper } },
			...gridLayers(),
			...(hasTiles ? groundLayers(info) : []),
			...constraintLayers(info.basemap === 'vector'),
			...siteLayers(),
			...(hasTiles ? nameLayers(info) : []),
			...pointLayers()
		]
	};
}
