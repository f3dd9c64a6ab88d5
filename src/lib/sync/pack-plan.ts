import { tilePath, type BasemapInfo } from '#lib/domain/basemap.ts';
import type { CaseDocument } from '#lib/domain/case-document.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { Photo } from '#lib/domain/visit.ts';
import { heldHashes } from '#lib/local/captures.ts';
import type { Device } from '#lib/local/device.ts';
import { shownCase } from '#lib/local/shown-case.ts';
import { readPack, rememberedBasemap, type Pack } from './pack-index.ts';
import { reach, tilesRound } from './pack-tiles.ts';

export type PackKind = 'records' | 'document' | 'photo' | 'map';
/**
 * `here`: on this tablet · `missing`: the council has it, this tablet not yet ·
 * `not-received`: the council itself does not have it
 */
export type PackItemState = 'here' | 'missing' | 'not-received';

/** One thing needed on site, as it is listed for the officer. */
export interface PackItem {
	key: string;
	kind: PackKind;
	name: string;
	state: PackItemState;
	/** bytes; null when not known before it is fetched */
	size: number | null;
	/** how many of how many, for things that come in many pieces */
	pieces: { here: number; of: number } | null;
	/** why it is not here, in words */
	why: string | null;
}

/** What of a case is on this tablet and what is missing, with sizes. */
export interface SitePack {
	caseId: string;
	items: PackItem[];
	/** bytes on this tablet, and bytes still to fetch as far as their size is known */
	here: number;
	toFetch: number;
	/** everything the council has is here */
	complete: boolean;
	/** ISO instant of the last "Take to site"; null: never taken */
	takenAt: string | null;
}

/** One fetch. */
export interface Wanted {
	key: string;
	url: string;
	caseId: string;
	mime: string;
	name: string;
	/** null: a tile, whose hash is known when it is here */
	sha256: string | null;
	tile: string | null;
}
export interface Planned {
	pack: SitePack;
	wanted: Wanted[];
	kept: Pack | undefined;
	info: BasemapInfo | undefined;
}

/** Lists what is needed on site, what of it is here, and what would have to be fetched. */
export async function planPack(device: Device, caseId: string): Promise<Planned> {
	const [shown, kept, info] = await Promise.all([
		shownCase(device, caseId),
		readPack(device, caseId),
		rememberedBasemap(device)
	]);
	const planningCase = shown?.file.case;
	if (shown === undefined || planningCase === undefined)
		throw new Error('This case is not on this tablet, so it cannot be taken to site.');
	const { file } = shown;
	const wanted: Wanted[] = [];
	const items: PackItem[] = [];
	const records = [...file.records()];
	items.push({
		...{ key: 'records', kind: 'records', state: 'here', why: null },
		name: 'Case details, people, answers and timeline',
		size: new TextEncoder().encode(JSON.stringify(records)).byteLength,
		pieces: { here: records.length, of: records.length }
	});

	const documents = file.all('document');
	const photos = file.all('photo').filter(({ withdrawn }) => withdrawn === null);
	const hashes = [
		...documents.map(({ sha256 }) => sha256),
		...photos.flatMap(({ sha256, thumbnailSha256 }) => [sha256, thumbnailSha256])
	].filter((hash) => hash !== null);
	const held = await heldHashes(device, hashes);

	for (const one of [
		...documents.map((document) => planDocument(document, held, kept)),
		...photos.map((photo) => planPhoto(photo, held, kept)),
		await planMap(device, planningCase, info, kept)
	]) {
		items.push(one.item);
		wanted.push(...one.wanted);
	}
	const sizes = (state: PackItemState) =>
		items.reduce((sum, item) => sum + (item.state === state ? (item.size ?? 0) : 0), 0);
	return {
		pack: {
			caseId,
			items,
			here: sizes('here'),
			toFetch: sizes('missing'),
			complete: items.every(({ state }) => state !== 'missing'),
			takenAt: kept?.at ?? null
		},
		wanted,
		kept,
		info
	};
}

interface Part {
	item: PackItem;
	wanted: Wanted[];
}

function planDocument(
	{ id, caseId, name, sha256, size, mime, bytesReceivedAt, fetchProblem }: CaseDocument,
	held: ReadonlySet<string>,
	kept: Pack | undefined
): Part {
	const key = `document:${id}`;
	const item = { key, kind: 'document', name, size, pieces: null } as const;
	if (sha256 !== null && held.has(sha256))
		return { item: { ...item, state: 'here', why: null }, wanted: [] };
	if (sha256 === null || bytesReceivedAt === null) {
		const why = `Not received by the council.${fetchProblem === null ? '' : ` ${fetchProblem}`}`;
		return { item: { ...item, state: 'not-received', why }, wanted: [] };
	}
	const why = kept?.problems[key] ?? 'Not yet fetched.';
	const url = `/api/documents/${id}/file?case=${caseId}`;
	return {
		item: { ...item, state: 'missing', why },
		wanted: [
			{ key, name, caseId, sha256, tile: null, url, mime: mime ?? 'application/octet-stream' }
		]
	};
}

/** Earlier photographs come as their thumbnails, which are enough to compare with; as originals where there is none. */
function planPhoto(photo: Photo, held: ReadonlySet<string>, kept: Pack | undefined): Part {
	const { id, caseId, number, caption, thumbnailSha256 } = photo;
	const key = `photo:${id}`;
	const name = `Photograph ${number}${caption === '' ? '' : `: ${caption}`}`;
	const isSmall = thumbnailSha256 !== null && photo.thumbnailReceivedAt !== null;
	const size = isSmall ? (kept?.sizes[key] ?? null) : photo.size;
	const item = { key, kind: 'photo', name, size, pieces: null } as const;
	if (held.has(photo.sha256) || (thumbnailSha256 !== null && held.has(thumbnailSha256)))
		return { item: { ...item, state: 'here', why: null }, wanted: [] };
	if (!isSmall && photo.originalReceivedAt === null) {
		const why = 'Not yet received by the council: it is still on the tablet that took it.';
		return { item: { ...item, state: 'not-received', why }, wanted: [] };
	}
	const why = kept?.problems[key] ?? 'Not yet fetched.';
	const url = `/api/photos/${id}/${isSmall ? 'thumbnail' : 'original'}?case=${caseId}`;
	const sha256 = isSmall ? thumbnailSha256 : photo.sha256;
	const mime = isSmall ? 'image/jpeg' : photo.mime;
	return {
		item: { ...item, state: 'missing', why },
		wanted: [{ key, name, caseId, sha256, mime, tile: null, url }]
	};
}

async function planMap(
	device: Device,
	planningCase: PlanningCase,
	info: BasemapInfo | undefined,
	kept: Pack | undefined
): Promise<Part> {
	const item: PackItem = {
		key: 'map',
		kind: 'map',
		name: `Map, ${reach} m round the site`,
		state: 'not-received',
		size: null,
		pieces: null,
		why: null
	};
	if (info === undefined) {
		const why = 'The council has not yet said what its map covers.';
		return { item: { ...item, state: 'missing', why }, wanted: [] };
	}
	if (info.basemap === 'none')
		return { item: { ...item, why: 'The council has no basemap.' }, wanted: [] };
	const tiles = tilesRound(planningCase, info);
	if (tiles.length === 0) {
		const why = 'The site is outside the council’s map; it is drawn on a grid.';
		return { item: { ...item, why }, wanted: [] };
	}
	const known = kept?.version === info.version ? kept.tiles : {};
	const hashes = Object.values(known).filter((hash) => hash !== null);
	const rows = await device.run(() => device.db.copies.where('sha256').anyOf(hashes).primaryKeys());
	const held = new Set(rows);
	const isHere = (name: string) => {
		const hash = known[name];
		return hash === null || (hash !== undefined && held.has(hash));
	};
	const names = tiles.map(({ z, x, y }) => `${z}/${x}/${y}`);
	const missing = tiles.filter((_, at) => !isHere(names[at] ?? ''));
	const here = tiles.length - missing.length;
	const problem = Object.entries(kept?.problems ?? {}).find(([key]) => key.startsWith('tile:'));
	return {
		item: {
			...item,
			state: missing.length === 0 ? 'here' : 'missing',
			size: missing.length === 0 ? sizeOf(names, kept) : null,
			pieces: { here, of: tiles.length },
			why: missing.length === 0 ? null : (problem?.[1] ?? 'Not yet fetched.')
		},
		wanted: missing.map((address) => {
			const tile = `${address.z}/${address.x}/${address.y}`;
			return {
				...{ key: `tile:${tile}`, name: 'Map', sha256: null, tile },
				...{ caseId: planningCase.id, mime: 'application/octet-stream' },
				url: tilePath(address, info.version)
			};
		})
	};
}

const sizeOf = (tiles: readonly string[], kept: Pack | undefined): number =>
	tiles.reduce((sum, tile) => sum + (kept?.sizes[`tile:${tile}`] ?? 0), 0);
