import type { Feature, FeatureCollection } from 'geojson';
import type { LonLat } from '#lib/domain/primitives.ts';
import { metresPerDegree, type Extent } from './measure.ts';

/** A step of 1, 2 or 5 times a power of ten metres, so that about six lines cross the view. */
export function gridStep(metres: number): number {
	const rough = Math.max(metres, 1) / 6;
	const power = 10 ** Math.floor(Math.log10(rough));
	const lead = rough / power;
	return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

const distanceWords = (metres: number, positive: string, negative: string): string => {
	if (metres === 0) return '0';
	const far = Math.abs(metres);
	const words = far >= 1_000 ? `${far / 1_000} km` : `${far} m`;
	return `${words} ${metres > 0 ? positive : negative}`;
};

/**
 * Lines every so many metres east and north of a place, and what to write beside them:
 * the ground to draw a site on where there is no map.
 */
export function gridOver(
	origin: LonLat,
	[west, south, east, north]: Extent
): { step: number; lines: FeatureCollection; labels: FeatureCollection } {
	const per = metresPerDegree(origin.latitude);
	const step = gridStep((east - west) * per.east);
	const first = (from: number, metres: number) => Math.ceil((from * metres) / step) * step;
	const lines: Feature[] = [];
	const labels: Feature[] = [];
	const add = (path: [number, number][], at: [number, number], words: string, edge: string) => {
		const isAxis = words === '0';
		lines.push({
			type: 'Feature',
			properties: { isAxis },
			geometry: { type: 'LineString', coordinates: path }
		});
		labels.push({
			type: 'Feature',
			properties: { words, edge },
			geometry: { type: 'Point', coordinates: at }
		});
	};
	const inset = { east: (east - west) * 0.004, north: (north - south) * 0.004 };
	for (let x = first(west - origin.longitude, per.east); ; x += step) {
		const longitude = origin.longitude + x / per.east;
		if (longitude > east) break;
		add(
			[
				[longitude, south],
				[longitude, north]
			],
			[longitude, north - inset.north],
			distanceWords(x, 'E', 'W'),
			'top'
		);
	}
	for (let y = first(south - origin.latitude, per.north); ; y += step) {
		const latitude = origin.latitude + y / per.north;
		if (latitude > north) break;
		add(
			[
				[west, latitude],
				[east, latitude]
			],
			[west + inset.east, latitude],
			distanceWords(y, 'N', 'S'),
			'left'
		);
	}
	return {
		step,
		lines: { type: 'FeatureCollection', features: lines },
		labels: { type: 'FeatureCollection', features: labels }
	};
}
