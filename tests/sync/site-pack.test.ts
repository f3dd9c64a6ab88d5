import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tileAt } from '#lib/domain/basemap.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { openDevice, type Device } from '#lib/local/device.ts';
import { recordName } from '#lib/local/shown-case.ts';
import { TabletBasemap } from '#lib/sync/basemap.ts';
import { planSitePack, sitePackState, takeToSite } from '#lib/sync/site-pack.ts';
import { aCase, caseId, jo, newStorage, uuid } from './town.ts';

const plan = new TextEncoder().encode('a location plan');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const boundary = {
	type: 'Polygon' as const,
	coordinates: [
		[
			[-2.95, 50.33],
			[-2.9496, 50.33],
			[-2.9496, 50.3302],
			[-2.95, 50.3302],
			[-2.95, 50.33]
		]
	]
};
const basemap = {
	...{ basemap: 'vector', version: 'v1', minZoom: 10, maxZoom: 17, attribution: 'Somebody' },
	bounds: [-3.1, 50.2, -2.8, 50.4]
};

const document = (n: number, more: object): TypedRecord => ({
	kind: 'document',
	record: {
		id: uuid(7, n),
		caseId: caseId(1),
		name: `plan ${n}.pdf`,
		tags: [],
		description: '',
		drawingNumber: null,
		sourceUrl: null,
		receivedOn: null,
		sha256: null,
		mime: null,
		size: null,
		bytesReceivedAt: null,
		fetchProblem: null,
		publicRegisterStatus: 'not-assessed',
		writers: {},
		...more
	}
});
const received = {
	sha256: hash(plan),
	mime: 'application/pdf',
	size: plan.byteLength,
	bytesReceivedAt: '2026-03-03T09:00:00.000Z'
};

async function deviceWith(...records: TypedRecord[]): Promise<Device> {
	const device = await openDevice({ officer: jo, indexedDB: newStorage() });
	const planningCase = { ...aCase(1, jo.id), boundary };
	for (const { kind, record } of [{ kind: 'case' as const, record: planningCase }, ...records]) {
		const key = `${kind}:${record.id}`;
		const body = await device.codec.seal(record, recordName(key));
		const row = { key, kind, caseId: record.caseId, seq: 1, epoch: 'e', body };
		await device.db.records.put(row);
	}
	await device.db.held.put({ caseId: caseId(1), round: 'r', leaving: 0 });
	return device;
}

/** A council that answers; `answers` counts, and may be told to fall silent. */
function council(given: { silentAfter?: number; wrongBytes?: boolean } = {}) {
	const asked: string[] = [];
	const answer: typeof fetch = (input) => {
		const url = input as string;
		asked.push(url);
		if (asked.length > (given.silentAfter ?? Infinity))
			return Promise.reject(new TypeError('Failed to fetch'));
		if (url === '/tiles/metadata') return Promise.resolve(Response.json(basemap));
		if (url.startsWith('/tiles/'))
			return Promise.resolve(
				url.startsWith('/tiles/13/')
					? new Response(null, { status: 204 })
					: new Response(`tile ${url}`)
			);
		return Promise.resolve(new Response(given.wrongBytes === true ? 'other bytes' : plan));
	};
	return { asked, answer };
}
const item = (pack: Awaited<ReturnType<typeof sitePackState>>, key: string) =>
	pack.items.find((one) => one.key === key);

describe('take to site', () => {
	test('says before anything is fetched what is missing and what the council does not have', async () => {
		const device = await deviceWith(
			document(1, received),
			document(2, { fetchProblem: 'Its address is not one that files are fetched from.' })
		);
		const pack = await sitePackState(device, caseId(1));
		expect(pack).toMatchObject({ complete: false, takenAt: null, toFetch: plan.byteLength });
		expect(item(pack, 'records')).toMatchObject({ state: 'here', why: null });
		expect(item(pack, `document:${uuid(7, 1)}`)).toMatchObject({ state: 'missing' });
		expect(item(pack, `document:${uuid(7, 2)}`)).toMatchObject({
			state: 'not-received',
			why: 'Not received by the council. Its address is not one that files are fetched from.'
		});
	});

	test('fetches the plans and the map, once', async () => {
		const device = await deviceWith(document(1, received));
		const first = council();
		const seen: number[] = [];
		const pack = await takeToSite(device, caseId(1), {
			fetch: first.answer,
			onprogress: ({ done }) => seen.push(done)
		});
		expect(pack.complete).toBe(true);
		expect(item(pack, `document:${uuid(7, 1)}`)).toMatchObject({ state: 'here' });
		const map = item(pack, 'map');
		expect(map).toMatchObject({ state: 'here' });
		expect(map?.pieces?.of).toBe(map?.pieces?.here);
		expect(map?.pieces?.of).toBeGreaterThan(20);
		expect(map?.size).toBeGreaterThan(0);
		expect(seen.at(-1)).toBe(first.asked.length - 1);

		const again = council();
		await takeToSite(device, caseId(1), { fetch: again.answer });
		expect(again.asked).toEqual(['/tiles/metadata']);
	});

	test('goes on where a lost connection stopped it, and says why the rest is missing', async () => {
		const device = await deviceWith(document(1, received));
		const pack = await takeToSite(device, caseId(1), { fetch: council({ silentAfter: 9 }).answer });
		expect(pack.complete).toBe(false);
		const map = item(pack, 'map');
		expect(map).toMatchObject({
			state: 'missing',
			why: 'There was no connection to the council.'
		});
		expect(map?.pieces?.here).toBeGreaterThan(0);

		const rest = council();
		expect((await takeToSite(device, caseId(1), { fetch: rest.answer })).complete).toBe(true);
		expect(rest.asked.length).toBe(1 + (map?.pieces?.of ?? 0) - (map?.pieces?.here ?? 0));
	});

	test('may be stopped, keeps what it has, and can be checked with no signal', async () => {
		const device = await deviceWith(document(1, received));
		const stop = new AbortController();
		const taking = takeToSite(device, caseId(1), {
			fetch: council().answer,
			signal: stop.signal,
			onprogress: ({ done }) => {
				if (done >= 6) stop.abort();
			}
		});
		await expect(taking).rejects.toThrow(/abort/i);
		const pack = await sitePackState(device, caseId(1));
		expect(pack.complete).toBe(false);
		expect(item(pack, 'map')?.pieces?.here).toBeGreaterThan(0);
	});

	test('does not keep bytes that are not the ones the council recorded', async () => {
		const device = await deviceWith(document(1, received));
		const pack = await takeToSite(device, caseId(1), {
			fetch: council({ wrongBytes: true }).answer
		});
		expect(item(pack, `document:${uuid(7, 1)}`)).toMatchObject({
			state: 'missing',
			why: 'What arrived was not the file that the council recorded.'
		});
	});

	test('a map tile taken to site is read from the tablet when nobody answers', async () => {
		const device = await deviceWith();
		await takeToSite(device, caseId(1), { fetch: council().answer });
		const silent = new TabletBasemap(device, council({ silentAfter: 0 }).answer);
		expect(await silent.info()).toMatchObject({ basemap: 'vector', version: 'v1' });
		const { signal } = new AbortController();
		const z17 = tileAt(17, -2.95, 50.33);
		const kept = await Promise.allSettled(
			Array.from({ length: 40 }, (_, at) => silent.tile({ ...z17, y: z17.y - 20 + at }, signal))
		);
		const found = kept.filter((one) => one.status === 'fulfilled');
		expect(found.length).toBeGreaterThan(2);
		expect(found.length).toBeLessThan(12);
	});

	test('a tile that is only looked at is not kept', async () => {
		const device = await deviceWith();
		const basemapOnline = new TabletBasemap(device, council().answer);
		await basemapOnline.info();
		const { signal } = new AbortController();
		expect(await basemapOnline.tile({ z: 15, x: 1, y: 1 }, signal)).not.toBeNull();
		expect(await basemapOnline.tile({ z: 13, x: 1, y: 1 }, signal)).toBeNull();
		expect(await device.db.copies.count()).toBe(0);
	});

	test('a case that is not on the tablet cannot be taken', async () => {
		const device = await deviceWith();
		await expect(planSitePack(device, uuid(8, 8))).rejects.toThrow('not on this tablet');
	});
});
