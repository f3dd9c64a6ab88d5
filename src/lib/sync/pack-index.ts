import type { BasemapInfo } from '#lib/domain/basemap.ts';
import type { Device } from '#lib/local/device.ts';

/** What was taken to site for one case: which tile is which copy, and what could not be had. */
export interface Pack {
	/** the basemap the tiles are of */
	version: string;
	/** `z/x/y` → hash of the copy; null where the map is empty */
	tiles: Record<string, string | null>;
	/** item or `tile:z/x/y` → bytes on this tablet, for those whose size the records do not say */
	sizes: Record<string, number>;
	/** item → why it could not be fetched at the last attempt, in words */
	problems: Record<string, string>;
	/** ISO instant of the last attempt */
	at: string;
}

const keyOf = (caseId: string) => `pack:${caseId}`;
type Row = { stamp: string; body: unknown } | undefined;

/** Where a site is follows from its tiles, so the list is sealed like everything else. */
export async function readPack(device: Device, caseId: string): Promise<Pack | undefined> {
	const key = keyOf(caseId);
	const row = await device.run(() => device.db.sync.get(key));
	const kept = row?.value as Row;
	return kept === undefined ? undefined : device.open<Pack>(kept.body, key, kept.stamp);
}

export async function writePack(device: Device, caseId: string, pack: Pack): Promise<void> {
	const key = keyOf(caseId);
	const body = await device.codec.seal(pack, key);
	await device.run(() => device.db.sync.put({ key, value: { stamp: device.newId(), body } }));
	indexes.delete(device);
}

/** A tile that some pack on this tablet holds. */
export interface PackedTile {
	version: string;
	sha256: string | null;
}
const indexes = new WeakMap<Device, Promise<ReadonlyMap<string, PackedTile>>>();

/** The tiles of all packs on this tablet, by `z/x/y`. */
export function packedTiles(device: Device): Promise<ReadonlyMap<string, PackedTile>> {
	const known = indexes.get(device);
	if (known !== undefined) return known;
	const read = readIndex(device);
	indexes.set(device, read);
	return read;
}

/** Another tab may have taken a pack meanwhile. */
export const forgetPackedTiles = (device: Device): void => {
	indexes.delete(device);
};

async function readIndex(device: Device): Promise<ReadonlyMap<string, PackedTile>> {
	const rows = await device.run(() => device.db.sync.where('key').startsWith('pack:').toArray());
	const index = new Map<string, PackedTile>();
	for (const { key, value } of rows) {
		const kept = value as Exclude<Row, undefined>;
		const { version, tiles } = await device.open<Pack>(kept.body, key, kept.stamp);
		for (const [tile, sha256] of Object.entries(tiles)) index.set(tile, { version, sha256 });
	}
	return index;
}

/** What was last heard of the council's basemap. */
export async function rememberedBasemap(device: Device): Promise<BasemapInfo | undefined> {
	const row = await device.run(() => device.db.sync.get('basemap'));
	return row?.value as BasemapInfo | undefined;
}

export const rememberBasemap = (device: Device, info: BasemapInfo): Promise<unknown> =>
	device.run(() => device.db.sync.put({ key: 'basemap', value: info }));
