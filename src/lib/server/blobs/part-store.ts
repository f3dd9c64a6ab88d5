import { mkdir, open, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { diskFull, isDiskFull, noSuchUpload } from './upload-problem.ts';
import type { UploadRows } from './upload-rows.ts';

/**
 * Uploads on their way: the bytes in part files, all else in the register's `upload` table.
 * How far an upload has come is the size of its part, so that nothing else can disagree with it.
 */
export class PartStore extends DataStore {
	readonly #folder: string;
	readonly #rows: UploadRows;

	constructor(folder: string, rows: UploadRows) {
		super();
		this.#folder = folder;
		this.#rows = rows;
		this.extensions = ['creation', 'creation-with-upload'];
	}

	/** @param id as this register gave it out: hexadecimal, so it can name no other file */
	part(id: string): string {
		if (!/^[0-9a-f]{32}$/.test(id)) throw new Error(`Not an upload id: ${id}`);
		return join(this.#folder, id);
	}

	async discard(id: string): Promise<void> {
		await rm(this.part(id), { force: true });
	}

	async holds(id: string): Promise<boolean> {
		return stat(this.part(id)).then(
			() => true,
			() => false
		);
	}

	/** Makes a part anew, whole or not at all. */
	async fill(id: string, bytes: Readable): Promise<void> {
		const beside = `${this.part(id)}.tmp`;
		await writeFile(beside, bytes, { mode: 0o600 });
		await rename(beside, this.part(id));
	}

	/** The row was written when the upload was authorised; here only its part begins. */
	override async create(begun: Upload): Promise<Upload> {
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		await writeFile(this.part(begun.id), '', { flag: 'wx', mode: 0o600 });
		return begun;
	}

	override async getUpload(id: string): Promise<Upload> {
		const row = this.#rows.get(id);
		if (row?.state !== 'open') throw noSuchUpload;
		try {
			const { size: offset } = await stat(this.part(id));
			return new Upload({ id, size: row.size, offset, creation_date: row.startedAt });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noSuchUpload;
			throw error;
		}
	}

	/**
	 * A full disk is said to be one, and what comes after it is still read: a sender that is
	 * still sending would not hear the answer.
	 */
	override async write(bytes: Readable, id: string, offset: number): Promise<number> {
		const file = await open(this.part(id), 'r+');
		let end = offset;
		let fault: Error | null = null;
		try {
			for await (const part of bytes as AsyncIterable<Buffer>) {
				if (fault !== null) continue;
				try {
					await writeWhole(file, part, end);
					end += part.byteLength;
				} catch (error) {
					fault = isDiskFull(error) ? diskFull : (error as Error);
				}
			}
		} finally {
			await file.close();
		}
		if (fault !== null) throw fault;
		return end;
	}
}

/** A file system that is nearly full may take a part of what it is given. */
async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	for (let done = 0; done < bytes.byteLength;) {
		const { bytesWritten } = await file.write(
			bytes,
			done,
			bytes.byteLength - done,
			position + done
		);
		done += bytesWritten;
	}
}
