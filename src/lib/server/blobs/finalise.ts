import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fsync, type BlobStore } from './blob-store.ts';
import { fileType, headLength, readablePictures } from './file-type.ts';
import type { PictureHeaders } from './picture-headers.ts';

/** What it takes to keep bytes: where, and how to look at pictures. */
export interface Stores {
	blobs: BlobStore;
	pictures: PictureHeaders;
}

/** What the register found out about bytes it has taken in. */
export interface KeptBytes {
	sha256: string;
	/** bytes */
	size: number;
	/** told from the bytes; see file-type.ts */
	mime: string;
	/** pixels; null when it is no picture or its header cannot be read */
	width: number | null;
	height: number | null;
	/** why the register will not decode this picture; the bytes are kept all the same */
	pictureProblem: string | null;
}

/** The bytes that arrived are not the bytes that were announced. */
export interface WrongBytes {
	wrong: 'hash' | 'size';
	sha256: string;
	size: number;
}

async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
		hash.update(chunk as Buffer);
	return hash.digest('hex');
}

async function headOf(file: string): Promise<Uint8Array> {
	const handle = await open(file, 'r');
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}

/**
 * Turns a finished part file into a blob: what is on the disk is hashed again, fsynced and
 * moved to its place. Only a wrong hash or size is refused; a picture that cannot be
 * decoded is evidence too. Until a row is committed this proves nothing to anybody.
 */
export async function finalise(
	part: string,
	expected: { sha256: string | null; size: number | null },
	stores: Stores
): Promise<KeptBytes | WrongBytes> {
	const { size } = await stat(part);
	if (expected.size !== null && size !== expected.size) return { wrong: 'size', sha256: '', size };
	const sha256 = await hashOf(part);
	if (expected.sha256 !== null && sha256 !== expected.sha256)
		return { wrong: 'hash', sha256, size };
	const mime = fileType(await headOf(part));
	const picture = readablePictures.has(mime)
		? await stores.pictures.read(part)
		: { width: null, height: null, problem: null };
	await fsync(part);
	await stores.blobs.keep(part, sha256);
	return {
		sha256,
		size,
		mime,
		width: picture.width,
		height: picture.height,
		pictureProblem: picture.problem
	};
}
