import { describe, expect, it } from 'vitest';
import { gridOver, gridStep } from './grid.ts';
import { squareMetres } from '#lib/domain/ground.ts';
import { extentOfCase, metresAcross } from './measure.ts';

const site = { longitude: -0.1185, latitude: 51.4656 };
const extent = [-0.1195, 51.4652, -0.1175, 51.466] as const;

describe('the grid under a site that the basemap does not cover', () => {
	it.each([
		[90, 20],
		[140, 20],
		[600, 100],
		[25_000, 5_000]
	])('of a view %d metres wide has lines every %d metres', (width, step) => {
		expect(gridStep(width)).toBe(step);
	});

	it('counts in metres from the site', () => {
		const { step, labels } = gridOver(site, extent);
		expect(step).toBe(20);
		const words = labels.features.map(({ properties }) => properties?.['words'] as string);
		expect(words).toContain('0');
		expect(words).toContain('20 m E');
		expect(words).toContain('20 m S');
	});
});

describe('measures', () => {
	it('give a point a hundred metres of ground to be seen in', () => {
		const found = extentOfCase({
			...{ id: 'a', label: '', address: '', boundary: null },
			point: site
		});
		const { width, height } = metresAcross(found ?? [0, 0, 0, 0]);
		expect(width).toBeCloseTo(100, 1);
		expect(height).toBeCloseTo(100, 1);
	});

	it('count area on the ground, not on a projection', () => {
		const hectare = {
			type: 'Polygon' as const,
			coordinates: [
				[
					[-2.95, 50.33],
					[-2.95 + 100 / 71_188.6, 50.33],
					[-2.95 + 100 / 71_188.6, 50.33 + 100 / 111_237.2],
					[-2.95, 50.33 + 100 / 111_237.2],
					[-2.95, 50.33]
				]
			]
		};
		expect(Math.abs(squareMetres(hectare) - 10_000)).toBeLessThan(60);
	});
});
