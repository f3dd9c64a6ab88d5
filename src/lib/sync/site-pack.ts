import { keepCopy, sha256Of } from '#lib/local/captures.ts';
import type { Device } from '#lib/local/device.ts';
import { askForBasemap } from './basemap.ts';
import { writePack, type Pack } from './pack-index.ts';
import { planPack, type SitePack, type Wanted } from './pack-plan.ts';

/** So many small things are fetched at a time. */
const atOnce = 4;

export interface PackProgress {
	/** pieces fetched, of all that were missing */
	done: number;
	of: number;
	/** bytes fetched now */
	bytes: number;
	/** what is being fetched */
	name: string;
}

/** What is needed on site and what of it is here. Asks nobody: works with no signal at any time. */
export const sitePackState = async (device: Device, caseId: string): Promise<SitePack> =>
	(await planPack(device, caseId)).pack;

/** As `sitePackState`, having asked the council what its map covers: what "Take to site" would fetch. */
export async function planSitePack(device: Device, caseId: string): Promise<SitePack> {
	await askForBasemap(device, fetch).catch(() => undefined);
	return sitePackState(device, caseId);
}

/**
 * Fetches what is missing and keeps it on this tablet. May be stopped at any moment by its
 * signal (it then rejects with an AbortError) and begun again: what is here is not fetched twice.
 * Resolves with what is then here; what could not be had is listed there with the reason.
 */
export async function takeToSite(
	device: Device,
	caseId: string,
	options: {
		signal?: AbortSignal;
		onprogress?: (progress: PackProgress) => void;
		fetch?: typeof globalThis.fetch;
	} = {}
): Promise<SitePack> {
	const { signal = new AbortController().signal, onprogress } = options;
	const fetching = options.fetch ?? ((...request) => globalThis.fetch(...request));
	await askForBasemap(device, fetching, signal).catch(() => undefined);
	const { wanted, kept, info } = await planPack(device, caseId);
	const version = info === undefined || info.basemap === 'none' ? '' : info.version;
	const pack: Pack = {
		version,
		tiles: kept?.version === version ? { ...kept.tiles } : {},
		sizes: kept?.version === version ? { ...kept.sizes } : {},
		problems: {},
		at: device.clock().toISOString()
	};
	const progress: PackProgress = { done: 0, of: wanted.length, bytes: 0, name: '' };
	const queue = [...wanted];
	let cutOff: string | null = null;
	const work = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			if (signal.aborted) return;
			if (cutOff !== null) {
				pack.problems[next.key] = cutOff;
				continue;
			}
			progress.name = next.name;
			onprogress?.({ ...progress });
			const result = await fetchOne(device, next, fetching, signal);
			if (signal.aborted) return;
			if ('why' in result) {
				pack.problems[next.key] = result.why;
				if (result.isCutOff) cutOff = result.why;
			} else {
				pack.sizes[next.key] = result.size;
				if (next.tile !== null) pack.tiles[next.tile] = result.sha256;
			}
			progress.done++;
			progress.bytes += 'why' in result ? 0 : result.size;
			onprogress?.({ ...progress });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	await writePack(device, caseId, pack);
	signal.throwIfAborted();
	return sitePackState(device, caseId);
}

async function fetchOne(
	device: Device,
	wanted: Wanted,
	fetching: typeof globalThis.fetch,
	signal: AbortSignal
): Promise<{ sha256: string | null; size: number } | { why: string; isCutOff: boolean }> {
	let answer: Response;
	let bytes: ArrayBuffer;
	try {
		answer = await fetching(wanted.url, { signal });
		bytes = await answer.arrayBuffer();
	} catch {
		return { why: 'There was no connection to the council.', isCutOff: true };
	}
	if (answer.status === 401) return { why: 'You have to sign in again first.', isCutOff: true };
	if (!answer.ok) return { why: `The council answered ${answer.status}.`, isCutOff: false };
	if (wanted.tile !== null && answer.status === 204) return { sha256: null, size: 0 };
	const sha256 = await sha256Of(bytes);
	if (wanted.sha256 !== null && wanted.sha256 !== sha256)
		return {
			why: 'What arrived was not the file that the council recorded.',
			isCutOff: false
		};
	try {
		await keepCopy(device, { sha256, caseId: wanted.caseId, mime: wanted.mime, bytes });
	} catch (problem) {
		const isFull = `${String(problem)} ${String((problem as { inner?: unknown }).inner)}`.includes(
			'Quota'
		);
		const why = isFull ? 'This tablet is full.' : 'This tablet could not keep it.';
		return { why, isCutOff: isFull };
	}
	return { sha256, size: bytes.byteLength };
}
