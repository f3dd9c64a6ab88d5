import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bytesOf } from '#lib/server/blobs/council-bytes.ts';
import { finalise, type KeptBytes } from '#lib/server/blobs/finalise.ts';
import type { Council } from '#lib/server/installation.ts';
import type { PoolFile } from './pool.ts';

/** A file of the pool in the council's blob store. */
export interface KeptFile {
	bytes: KeptBytes;
	thumbnail: KeptBytes | null;
	width: number;
	height: number;
}

/** Makes every file of the pool and keeps its bytes once, as an upload would be kept. */
export async function keepPool(
	council: Council,
	files: readonly PoolFile[],
	progress: (done: number) => void
): Promise<ReadonlyMap<string, KeptFile>> {
	const stores = bytesOf(council);
	const folder = join(council.folder, 'making');
	await mkdir(folder, { recursive: true });
	let parts = 0;
	const keep = async (bytes: Buffer): Promise<KeptBytes> => {
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		// two files of the pool may be equal: each is kept from a place of its own
		const part = join(folder, String(parts++));
		await writeFile(part, bytes);
		const kept = await finalise(part, { sha256, size: bytes.byteLength }, stores);
		if ('wrong' in kept) throw new Error('The disk did not keep what was written to it.');
		return kept;
	};
	const kept = new Map<string, KeptFile>();
	const queue = [...files];
	const work = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			const { bytes, thumbnail, width, height } = await next.make();
			kept.set(next.key, {
				bytes: await keep(bytes),
				thumbnail: thumbnail === null ? null : await keep(thumbnail),
				width,
				height
			});
			progress(kept.size);
		}
	};
	// pictures are drawn off this thread
	await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
	await rm(folder, { recursive: true });
	return kept;
}
