import { createHash } from 'node:crypto';
import { PMTiles, TileType, type RangeResponse, type Source } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { drawBasemap } from './basemap.ts';
import { generateTown } from './town.ts';
import { anchor } from './town/ground.ts';

const town = generateTown('demo');
const archive = drawBasemap(town);

class InMemory implements Source {
	getKey = () => 'in memory';
	getBytes = (offset: number, length: number): Promise<RangeResponse> =>
		Promise.resolve({ data: new Uint8Array(archive.subarray(offset, offset + length)).buffer });
}
const reader = new PMTiles(new InMemory());

describe('the demo basemap', { timeout: 60_000 }, () => {
	it('is an archive that the pmtiles library reads', async () => {
		const header = await reader.getHeader();
		expect(header.tileType).toBe(TileType.Mvt);
		expect([header.minZoom, header.maxZoom]).toEqual([10, 17]);
		expect(header.minLon).toBeLessThan(anchor.longitude);
		expect(header.maxLat).toBeGreaterThan(anchor.latitude);
		expect(await reader.getMetadata()).toMatchObject({ type: 'baselayer' });
	});

	it.each([10, 12, 14, 16, 17])('has a tile of the middle of the town at zoom %i', async (z) => {
		const sine = Math.sin((anchor.latitude * Math.PI) / 180);
		const x = Math.floor(((anchor.longitude + 180) / 360) * 2 ** z);
		const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z);
		const tile = await reader.getZxy(z, x, y);
		const layerNames = Buffer.from(tile?.data ?? new ArrayBuffer()).toString('latin1');
		expect(layerNames).toContain('streets');
		if (z >= 14) expect(layerNames).toContain('buildings');
	});

	it('has no tile where it draws nothing', async () => {
		expect(await reader.getZxy(14, 0, 0)).toBeUndefined();
	});

	it('is the same file for the same seed', () => {
		const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
		expect(hash(drawBasemap(generateTown('demo')))).toBe(hash(archive));
	});
});
