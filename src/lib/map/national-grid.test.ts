import { describe, expect, it } from 'vitest';
import { approximateGrid, gridReference } from './national-grid.ts';

describe('the approximate national grid', () => {
	it('is within five metres of the Ordnance Survey’s point on Scilly', () => {
		// OSTN15 test point TP01
		const found = approximateGrid({ longitude: -6.29977752014, latitude: 49.9222639373 });
		expect(found).not.toBeNull();
		expect(
			Math.hypot((found?.easting ?? 0) - 91492.146, (found?.northing ?? 0) - 11318.804)
		).toBeLessThan(5);
	});

	it('has nothing to say outside the grid', () => {
		expect(approximateGrid({ longitude: 12, latitude: 50 })).toBeNull();
	});

	it.each([
		[{ easting: 530050, northing: 180358 }, 'TQ 30050 80358'],
		[{ easting: 651409.9, northing: 313177.3 }, 'TG 51409 13177'],
		[{ easting: 91492, northing: 11318 }, 'SV 91492 11318']
	])('writes %o as %s', (place, reference) => {
		expect(gridReference(place)).toBe(reference);
	});
});
