import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateTown } from './town.ts';
import { inPlot, plotDepth, plotWidth } from './town/buildings.ts';
import { boxOf, isInside } from './town/geometry.ts';
import { anchor, position } from './town/ground.ts';

const town = generateTown('demo');
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
/** What goes into files, as longitude and latitude: the same on every machine. */
const published = ({ sites, streets, designations }: typeof town) => ({
	sites: sites.map(({ address, ring }) => [address, ring.map(position)]),
	streets: streets.map(({ name, line }) => [name, line.map(position)]),
	designations: designations.map(({ code, name, ring }) => [code, name, ring.map(position)])
});

// drawing a town several times is slow on a busy machine
describe('the demo town', { timeout: 60_000 }, () => {
	it('is the same town for the same seed, and another for another', () => {
		const first = digest(published(town));
		expect(digest(published(generateTown('demo')))).toBe(first);
		expect(digest(published(generateTown('other')))).not.toBe(first);
	});

	it('lies in the open sea south of England, inside the extent of the national grid', () => {
		for (const [x, y] of town.landscape.coast.map(position)) {
			expect(Math.abs(x - anchor.longitude)).toBeLessThan(0.05);
			expect(Math.abs(y - anchor.latitude)).toBeLessThan(0.05);
		}
	});

	it('has every plot on dry land and every plot facing a street with a name', () => {
		const { coast, river } = town.landscape;
		expect(town.sites.length).toBeGreaterThan(3_000);
		for (const site of town.sites) {
			expect(site.ring.every((corner) => isInside(corner, coast))).toBe(true);
			expect(site.ring.some((corner) => isInside(corner, river.ring))).toBe(false);
			expect(site.street.name).not.toBe('');
		}
	});

	it('gives no square metre to two owners', () => {
		const cells = new Map<string, typeof town.sites>();
		for (const site of town.sites) {
			const [west, south, east, north] = boxOf(site.ring).map((edge) => Math.floor(edge / 60));
			for (let x = west ?? 0; x <= (east ?? 0); x++)
				for (let y = south ?? 0; y <= (north ?? 0); y++) {
					const key = `${String(x)} ${String(y)}`;
					cells.set(key, [...(cells.get(key) ?? []), site]);
				}
		}
		const shares = [0.002, 0.25, 0.5, 0.75, 0.998];
		let disputed = 0;
		for (const near of cells.values())
			for (const site of near)
				for (const across of shares)
					for (const deep of shares) {
						const place = inPlot(site, across * plotWidth(site), deep * plotDepth(site));
						if (!isInside(place, site.ring)) continue;
						disputed += near.filter((other) => isInside(place, other.ring)).length - 1;
					}
		expect(disputed).toBe(0);
	});

	it('keeps every house on its own plot', () => {
		for (const site of town.sites)
			for (const [x, y] of site.built.house.right > 0
				? (site.built.buildings[0]?.ring ?? [])
				: []) {
				const [mx, my] = [
					site.corners.reduce((sum, [cx]) => sum + cx, 0) / 4,
					site.corners.reduce((sum, [, cy]) => sum + cy, 0) / 4
				];
				expect(isInside([x + (mx - x) * 0.01, y + (my - y) * 0.01], site.ring)).toBe(true);
			}
	});

	it('names each street once and gives each plot an address of its own', () => {
		const names = town.streets.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const lines = town.sites.map(({ address }) => address.singleLine);
		expect(new Set(lines).size).toBe(lines.length);
		for (const { address } of town.sites) {
			expect(address.postcode).toMatch(/^ZZ\d [1-9][A-Z]{2}$/);
			expect(address.uprn).toMatch(/^999000\d{6}$/);
		}
	});

	it('has the designations that officers meet', () => {
		const codes = new Set(town.designations.map(({ code }) => code));
		for (const code of [
			'designated.conservationArea',
			'articleFour',
			'listed.gradeTwo',
			'tpo',
			'flood.zoneTwo',
			'flood.zoneThree',
			'nature.SSSI'
		])
			expect(codes).toContain(code);
		expect(town.sites.some(({ designations }) => designations.length === 0)).toBe(true);
		expect(town.sites.some(({ designations }) => designations.length > 2)).toBe(true);
	});
});
