import type { LayerSpecification } from 'maplibre-gl';
import { fonts } from './basemap-style.ts';
import { allLooks } from './constraint-look.ts';

/** The colour of the line round an application site, as plans have always drawn it. */
export const red = '#d4001a';

const isChosen = ['==', ['get', 'isChosen'], true] as never;

/** Lines under a site where there is no map. */
export const gridLayers = (): LayerSpecification[] => [
	{
		id: 'grid-lines',
		type: 'line',
		source: 'grid-lines',
		paint: {
			'line-color': ['case', ['get', 'isAxis'], '#7d8a92', '#c3cbd0'],
			'line-width': ['case', ['get', 'isAxis'], 1.4, 0.9]
		}
	},
	{
		id: 'grid-labels',
		type: 'symbol',
		source: 'grid-labels',
		layout: {
			'text-field': ['get', 'words'],
			'text-font': fonts.regular,
			'text-size': 12,
			'text-anchor': ['match', ['get', 'edge'], 'top', 'top', 'left'] as never,
			'text-allow-overlap': true
		},
		paint: {
			'text-color': '#4a555c',
			'text-halo-color': '#ffffff',
			'text-halo-width': 2
		}
	}
];

/** Until the view says which constraints the cases meet. */
const nothing = ['in', ['get', 'code'], ['literal', []]] as never;

/** Constraint areas: from the council's tiles, and those that came with the case. */
export const constraintLayers = (hasTiles: boolean): LayerSpecification[] =>
	(['tiles', 'case'] as const)
		.filter((from) => from === 'case' || hasTiles)
		.flatMap((from) => {
			const source =
				from === 'tiles'
					? { source: 'basemap', 'source-layer': 'bops_constraints' }
					: { source: 'outlines' };
			return allLooks.flatMap(({ family, colour }): LayerSpecification[] => [
				{
					id: `${from}-${family}-area`,
					type: 'fill',
					...source,
					filter: nothing,
					paint: { 'fill-pattern': `hatch-${family}` }
				},
				{
					id: `${from}-${family}-line`,
					type: 'line',
					...source,
					filter: nothing,
					paint: { 'line-color': colour, 'line-width': 1.6, 'line-dasharray': [4, 2] }
				}
			]);
		});

/** The red line itself, over everything but names. */
export const siteLayers = (): LayerSpecification[] => [
	{
		id: 'site-area',
		type: 'fill',
		source: 'sites',
		paint: { 'fill-color': red, 'fill-opacity': ['case', isChosen, 0.1, 0.04] as never }
	},
	{
		id: 'site-halo',
		type: 'line',
		source: 'sites',
		layout: { 'line-join': 'round' },
		paint: { 'line-color': '#ffffff', 'line-width': 6, 'line-opacity': 0.85 }
	},
	{
		id: 'site-line',
		type: 'line',
		source: 'sites',
		layout: { 'line-join': 'round' },
		paint: { 'line-color': red, 'line-width': ['case', isChosen, 3.4, 1.8] as never }
	}
];

/** Cases as points, and the places photographs were taken from. */
export const pointLayers = (): LayerSpecification[] => [
	{
		id: 'case-points',
		type: 'circle',
		source: 'points',
		paint: {
			'circle-color': ['case', isChosen, red, '#144e81'] as never,
			'circle-radius': ['case', isChosen, 10, 7] as never,
			'circle-stroke-color': '#ffffff',
			'circle-stroke-width': 2.5
		}
	},
	{
		id: 'case-labels',
		type: 'symbol',
		source: 'points',
		minzoom: 14,
		layout: {
			'text-field': ['get', 'label'],
			'text-font': fonts.bold,
			'text-size': 12,
			'text-offset': [0, 1.1],
			'text-anchor': 'top',
			'text-optional': true,
			'symbol-sort-key': ['case', isChosen, 0, 1] as never
		},
		paint: { 'text-color': '#0b2e4f', 'text-halo-color': '#ffffff', 'text-halo-width': 2 }
	},
	{
		id: 'viewpoints',
		type: 'symbol',
		source: 'viewpoints',
		layout: {
			'icon-image': ['case', ['==', ['get', 'degrees'], null], 'viewpoint', 'viewpoint-heading'],
			'icon-rotate': ['coalesce', ['get', 'degrees'], 0],
			'icon-rotation-alignment': 'map',
			'icon-allow-overlap': true,
			'text-field': ['get', 'number'],
			'text-font': fonts.bold,
			'text-size': 12,
			'text-offset': [0, 1.4],
			'text-anchor': 'top',
			'text-optional': true
		},
		paint: { 'text-color': '#10324d', 'text-halo-color': '#ffffff', 'text-halo-width': 2 }
	}
];

const side = 112;

/** A dot, with a wedge towards where the camera looked: pixels for an icon of 56 points at twice the size. */
export function viewpointPixels(hasHeading: boolean) {
	const data = new Uint8ClampedArray(side * side * 4);
	const middle = side / 2;
	for (let y = 0; y < side; y++)
		for (let x = 0; x < side; x++) {
			const [dx, dy] = [x + 0.5 - middle, y + 0.5 - middle];
			const far = Math.hypot(dx, dy);
			const off = Math.abs(Math.atan2(dx, -dy));
			const isWedge = hasHeading && far < 54 && off < 0.46;
			const isWedgeEdge = hasHeading && far < 56 && off * far < 0.46 * far + 2.2;
			const colour =
				far < 11
					? [20, 78, 129, 255]
					: far < 14.5
						? [255, 255, 255, 255]
						: isWedge
							? [20, 78, 129, Math.round(245 - far * 2.6)]
							: isWedgeEdge
								? [255, 255, 255, 210]
								: [0, 0, 0, 0];
			data.set(colour, (y * side + x) * 4);
		}
	return { width: side, height: side, data };
}
