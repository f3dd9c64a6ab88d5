import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeArchive } from '#demo/basemap/pmtiles-writer.ts';
import { basemapInfo, tileAt } from '#lib/domain/basemap.ts';
import { Basemaps } from './basemaps.ts';
import { metadataAnswer, readAddress, serveTile } from './serve-tile.ts';

const tileBytes = new TextEncoder().encode('a vector tile of some streets');
const here = tileAt(12, -2.95, 50.33);
const request = (headers: Record<string, string> = {}, query = '') =>
	new Request(`http://localhost/tiles/12/1/1${query}`, { headers });
const unzipped = { 'accept-encoding': 'identity' };
const zipped = { 'accept-encoding': 'gzip, br' };

let dir: string;
beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'bops-tiles-'));
	const archive = writeArchive([{ ...here, bytes: tileBytes }], {
		minZoom: 12,
		maxZoom: 12,
		bounds: [-3, 50.3, -2.9, 50.4],
		metadata: { attribution: '<a href="https://example.com">&copy; Somebody</a>' }
	});
	await writeFile(join(dir, 'map.pmtiles'), archive);
	await writeFile(join(dir, 'broken.pmtiles'), 'this is no archive, only some text in a file');
	const sqlite = new DatabaseSync(join(dir, 'map.mbtiles'));
	sqlite.exec('create table metadata (name text, value text)');
	sqlite.exec(
		'create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)'
	);
	const put = sqlite.prepare('insert into metadata values (?, ?)');
	put.run('format', 'pbf');
	put.run('bounds', '-3,50.3,-2.9,50.4');
	sqlite
		.prepare('insert into tiles values (?, ?, ?, ?)')
		.run(here.z, here.x, 2 ** here.z - 1 - here.y, gzipSync(tileBytes));
	sqlite.close();
});
afterAll(() => rm(dir, { recursive: true }));

describe.each(['map.pmtiles', 'map.mbtiles'])('tiles of %s', (name) => {
	const open = async () => {
		const file = await new Basemaps(join(dir, name), dir).tileFile('DEMO');
		if (file === null) throw new Error('The file did not open.');
		return file;
	};

	it('are given gzipped to who takes gzip, and unpacked to who does not', async () => {
		const file = await open();
		const packed = await serveTile(request(zipped), file, here);
		expect(packed.headers.get('content-encoding')).toBe('gzip');
		expect(gunzipSync(await packed.bytes())).toEqual(Buffer.from(tileBytes));
		const plain = await serveTile(request(unzipped), file, here);
		expect(plain.headers.get('content-encoding')).toBeNull();
		expect(await plain.bytes()).toEqual(tileBytes);
		expect(plain.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
	});

	it('need not travel twice', async () => {
		const file = await open();
		const first = await serveTile(request(zipped, `?v=${file.info.version}`), file, here);
		expect(first.headers.get('cache-control')).toContain('immutable');
		const etag = first.headers.get('etag') ?? '';
		const again = await serveTile(request({ 'if-none-match': etag }), file, here);
		expect(again.status).toBe(304);
	});

	it('are empty answers where the map is empty', async () => {
		expect((await serveTile(request(), await open(), { z: 12, x: 0, y: 0 })).status).toBe(204);
	});

	it('come with what the map covers', async () => {
		const { info } = await open();
		expect(basemapInfo.parse(await metadataAnswer(info).json())).toEqual(info);
		expect(info).toMatchObject({ basemap: 'vector', minZoom: 12, maxZoom: 12 });
		expect(info.bounds[0]).toBeCloseTo(-3);
	});
});

describe('a council', () => {
	it('may have no basemap, and is told so', async () => {
		const basemaps = new Basemaps(null, dir);
		expect(basemaps.pathFor('DEMO')).toBe(join(dir, 'DEMO', 'basemap.pmtiles'));
		expect(await basemaps.info('DEMO')).toMatchObject({ basemap: 'none' });
		expect(await metadataAnswer(await basemaps.info('DEMO')).text()).not.toContain(dir);
		expect((await serveTile(request(), null, here)).status).toBe(204);
	});

	it('may have a file that is none, without harm', async () => {
		const info = await new Basemaps(join(dir, 'broken.pmtiles'), dir).info('DEMO');
		expect(info.basemap === 'none' && info.reason).toMatch('cannot be read');
	});

	it('may name its file by its code', () => {
		expect(new Basemaps('/maps/{council}.mbtiles', dir).pathFor('DEMO')).toBe('/maps/DEMO.mbtiles');
	});

	it('shows the attribution as text, whatever markup it came with', async () => {
		const info = await new Basemaps(join(dir, 'map.pmtiles'), dir).info('DEMO');
		expect(info).toMatchObject({ attribution: '© Somebody' });
	});
});

describe('the address of a tile', () => {
	it.each([
		[
			{ z: '12', x: '2014', y: '1381' },
			{ z: 12, x: 2014, y: 1381 }
		],
		[{ z: '1', x: '2', y: '0' }, null],
		[{ z: '25', x: '0', y: '0' }, null],
		[{ z: '3', x: '-1', y: '0' }, null],
		[{ z: 'three', x: '1', y: '0' }, null]
	])('%o is read as %o', (params, address) => {
		expect(readAddress(params)).toEqual(address);
	});
});
