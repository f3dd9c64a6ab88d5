import { basemapInfo, tilePath, type BasemapInfo, type TileAddress } from '#lib/domain/basemap.ts';
import { copyOf } from '#lib/local/captures.ts';
import type { Device } from '#lib/local/device.ts';
import {
	forgetPackedTiles,
	packedTiles,
	rememberBasemap,
	rememberedBasemap
} from './pack-index.ts';

type Fetch = typeof globalThis.fetch;

/** Asks the council what its basemap covers; rejects when there is no answer. */
export async function askForBasemap(
	device: Device,
	fetching: Fetch,
	signal?: AbortSignal
): Promise<BasemapInfo> {
	const answer = await fetching('/tiles/metadata', signal === undefined ? {} : { signal });
	if (!answer.ok) throw new Error(`The council answered ${answer.status}.`);
	const info = basemapInfo.parse(await answer.json());
	await rememberBasemap(device, info);
	return info;
}

/**
 * The council's map as this tablet has it: a tile that was taken to site is read from the
 * tablet, any other from the council. What is fetched only to be looked at is not kept.
 */
export class TabletBasemap {
	readonly #device: Device;
	readonly #fetch: Fetch;
	#version: string | null = null;

	constructor(device: Device, fetching: Fetch = (...request) => globalThis.fetch(...request)) {
		this.#device = device;
		this.#fetch = fetching;
	}

	/** What was heard before, at once, while the council is asked again for the next time. */
	async info(): Promise<BasemapInfo> {
		const asked = askForBasemap(this.#device, this.#fetch).then(
			(info) => this.#note(info),
			() => null
		);
		const remembered = await rememberedBasemap(this.#device);
		if (remembered !== undefined && remembered.basemap !== 'none') return this.#note(remembered);
		const reason = 'The council has not yet said what its basemap covers.';
		return (await asked) ?? { basemap: 'none', reason };
	}

	/** null where the map is empty; rejects when the tile is not here and cannot be had now. */
	async tile(address: TileAddress, signal: AbortSignal): Promise<ArrayBuffer | null> {
		const name = `${address.z}/${address.x}/${address.y}`;
		const packed = (await packedTiles(this.#device)).get(name);
		const kept = packed && (await this.#kept(packed.sha256));
		if (kept !== undefined && packed?.version === this.#version) return kept;
		try {
			return await this.#ask(address, signal);
		} catch (problem) {
			// an older map is better than none
			if (kept !== undefined) return kept;
			forgetPackedTiles(this.#device);
			throw problem;
		}
	}

	#note(info: BasemapInfo): BasemapInfo {
		if (info.basemap !== 'none') this.#version = info.version;
		return info;
	}

	/** undefined: not on this tablet any more */
	async #kept(sha256: string | null): Promise<ArrayBuffer | null | undefined> {
		if (sha256 === null) return null;
		const copy = await copyOf(this.#device, sha256);
		return copy && new Uint8Array(copy.bytes).buffer;
	}

	async #ask(address: TileAddress, signal: AbortSignal): Promise<ArrayBuffer | null> {
		const answer = await this.#fetch(tilePath(address, this.#version ?? ''), { signal });
		if (answer.status === 204) return null;
		if (!answer.ok) throw new Error(`The council answered ${answer.status} to a map tile.`);
		return answer.arrayBuffer();
	}
}
