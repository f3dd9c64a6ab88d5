import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '../blobs/blob-store.ts';
import { fsync } from '../blobs/blob-store.ts';

/** One file as the register names it. */
export interface NamedFile {
	sha256: string;
	/** bytes */
	size: number;
}

export interface CopiedFiles {
	copied: number;
	compared: number;
	comparedEarlier: number;
	/** hashes of what could not be brought */
	missing: string[];
	/** why not, each in a sentence */
	problems: string[];
}

/** Every file in the target is read again at least this often, days. */
const comparedWithin = 7;
const day = 24 * 60 * 60 * 1000;

const place = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2), sha256);

/**
 * Brings into the target what it does not have, each file once however many backups name it, and
 * reads back from there: what has just come, a seventh of the rest each day, or everything.
 */
export async function copyFiles(
	named: readonly NamedFile[],
	{
		from,
		to,
		now,
		everyFile,
		progress
	}: {
		from: BlobStore;
		to: string;
		now: Date;
		everyFile: boolean;
		progress: (done: number, of: number) => void;
	}
): Promise<CopiedFiles> {
	const result: CopiedFiles = {
		copied: 0,
		compared: 0,
		comparedEarlier: 0,
		missing: [],
		problems: []
	};
	const today = Math.floor(now.getTime() / day) % comparedWithin;
	for (const [index, file] of named.entries()) {
		progress(index, named.length);
		const path = place(to, file.sha256);
		const size = await sizeOf(path);
		const due =
			everyFile || Number.parseInt(file.sha256.slice(0, 6), 16) % comparedWithin === today;
		if (size === file.size && !due) {
			result.comparedEarlier += 1;
			continue;
		}
		if (size === file.size && (await hashOf(createReadStream(path))) === file.sha256) {
			result.compared += 1;
			continue;
		}
		const problem = await bring(file, from, to);
		if (problem !== null) {
			result.problems.push(problem);
			result.missing.push(file.sha256);
			continue;
		}
		result.copied += 1;
		// what counts is what the target gives back, not what was sent to it
		if ((await hashOf(createReadStream(path))) === file.sha256) result.compared += 1;
		else result.problems.push(`The file ${file.sha256} came back from the target changed.`);
	}
	return result;
}

/** Copies one file, on the target's disk when this resolves. @returns what is wrong with the source */
async function bring(
	{ sha256, size }: NamedFile,
	from: BlobStore,
	to: string
): Promise<string | null> {
	if ((await from.size(sha256)) !== size)
		return `The register names the file ${sha256} (${size} bytes), and it is missing or of another size.`;
	const shelf = join(to, sha256.slice(0, 2));
	const made = await mkdir(shelf, { recursive: true, mode: 0o700 });
	const beside = join(shelf, `.${sha256}.${process.pid}`);
	const hash = createHash('sha256');
	const listening = new Transform({
		transform(part: Buffer, _, next) {
			hash.update(part);
			next(null, part);
		}
	});
	await pipeline(from.read(sha256), listening, createWriteStream(beside, { mode: 0o600 }));
	if (hash.digest('hex') !== sha256) {
		await rm(beside);
		return `The file ${sha256} is damaged where the register keeps it.`;
	}
	await fsync(beside);
	await rename(beside, place(to, sha256));
	await fsync(shelf);
	if (made !== undefined) await fsync(to);
	return null;
}

/** Takes away what no kept backup names any more. @returns how many files went */
export async function dropFiles(folder: string, kept: ReadonlySet<string>): Promise<number> {
	let gone = 0;
	for (const shelf of await readdir(folder).catch(() => []))
		for (const name of await readdir(join(folder, shelf)))
			if (!kept.has(name)) {
				await rm(join(folder, shelf, name));
				gone += 1;
			}
	return gone;
}

async function sizeOf(path: string): Promise<number | null> {
	try {
		return (await stat(path)).size;
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw problem;
	}
}

export async function hashOf(stream: Readable): Promise<string> {
	const hash = createHash('sha256');
	for await (const part of stream) hash.update(part as Buffer);
	return hash.digest('hex');
}
