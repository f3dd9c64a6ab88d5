import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import type { BasemapInfo } from '#lib/domain/basemap.ts';
import { styleFor } from './style.ts';

const covered = {
	...{ version: '1', minZoom: 10, maxZoom: 17, attribution: '' },
	bounds: [-3, 50.3, -2.9, 50.4] as [number, number, number, number]
};
const maps: BasemapInfo[] = [
	{ basemap: 'vector', ...covered },
	{ basemap: 'raster', ...covered },
	{ basemap: 'none', reason: 'No file.' }
];

describe('the style of the map', () => {
	// a style with one fault is not drawn at all
	it.each(maps)('is one that MapLibre takes, with a basemap of kind $basemap', (info) => {
		expect(validateStyleMin(styleFor(info)).map(({ message }) => message)).toEqual([]);
	});
});
