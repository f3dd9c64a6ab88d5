import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where a council's bytes are kept, named by their SHA-256. What is in it is whole and durable. */
export interface BlobStore {
	/** size in bytes, or null when these bytes are not here */
	size(sha256: string): Promise<number | null>;
	/** `start` and `end` (inclusive) as in an HTTP range */
	read(sha256: string, range?: { start: number; end: number }): Readable;
	/** takes over a file of this machine whose bytes are already verified and fsynced */
	keep(file: string, sha256: string): Promise<void>;
	/** only for an erasure act */
	erase(sha256: string): Promise<void>;
}

/** A file or directory is only safe from a power cut once it has been fsynced. */
export async function fsync(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** The default driver: a folder, `ab/abcdef…`. */
export class FolderBlobs implements BlobStore {
	readonly folder: string;

	constructor(folder: string) {
		this.folder = folder;
	}

	#path(sha256: string): string {
		// the name becomes a path: nothing but a hash may
		if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`Not a SHA-256: ${sha256}`);
		return join(this.folder, sha256.slice(0, 2), sha256);
	}

	async size(sha256: string): Promise<number | null> {
		try {
			return (await stat(this.#path(sha256))).size;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
			throw error;
		}
	}

	read(sha256: string, range?: { start: number; end: number }): Readable {
		return createReadStream(this.#path(sha256), range);
	}

	async keep(file: string, sha256: string): Promise<void> {
		const path = this.#path(sha256);
		const shelf = join(path, '..');
		const made = await mkdir(shelf, { recursive: true });
		// over an older copy on purpose: these bytes have just been verified, the old ones long ago
		await rename(file, path);
		await fsync(shelf);
		if (made !== undefined) await fsync(this.folder);
	}

	async erase(sha256: string): Promise<void> {
		await rm(this.#path(sha256), { force: true });
		await fsync(join(this.#path(sha256), '..'));
	}
}
