import { createHash } from 'node:crypto';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';

/*
 * The simulator's files lie in memory (council.ts): handing each of them to another thread and
 * waiting for it takes many times as long as the act. Here it is done at once, and told as ever in
 * a later turn. The calls are the same, and so are the files; what a disk does when its power is cut
 * is proven on the real server (tests/faults/power.test.ts).
 */

class Handle {
	readonly #fd: number;

	constructor(path: fs.PathLike, flags: fs.OpenMode) {
		this.#fd = fs.openSync(path, flags);
	}
	async read(buffer: Buffer, offset: number, length: number, position: number) {
		return { buffer, bytesRead: fs.readSync(this.#fd, buffer, offset, length, position) };
	}
	async write(buffer: Buffer, offset: number, length: number, position: number) {
		return { buffer, bytesWritten: fs.writeSync(this.#fd, buffer, offset, length, position) };
	}
	async sync() {
		fs.fsyncSync(this.#fd);
	}
	async close() {
		fs.closeSync(this.#fd);
	}
}

/** For a thread that does nothing but simulate: takes hold of the whole of it. */
export function quickenDisk(): void {
	const { writeFile } = promises;
	Object.assign(promises, {
		open: async (path: fs.PathLike, flags: fs.OpenMode) => new Handle(path, flags),
		stat: async (path: fs.PathLike) => fs.statSync(path),
		mkdir: async (path: fs.PathLike, options: fs.MakeDirectoryOptions) =>
			fs.mkdirSync(path, options),
		rename: async (from: fs.PathLike, to: fs.PathLike) => fs.renameSync(from, to),
		rm: async (path: fs.PathLike, options: fs.RmOptions) => fs.rmSync(path, options),
		writeFile: async (...[path, data, options]: Parameters<typeof writeFile>) =>
			typeof data === 'string' && typeof path === 'string'
				? fs.writeFileSync(path, data, options as fs.WriteFileOptions)
				: writeFile(path, data, options)
	});
	Object.assign(fs, {
		createReadStream: (path: fs.PathLike) => Readable.from([fs.readFileSync(path)])
	});
	syncBuiltinESMExports();
	const digest = crypto.subtle.digest.bind(crypto.subtle);
	crypto.subtle.digest = async (algorithm, bytes) =>
		algorithm === 'SHA-256'
			? new Uint8Array(
					createHash('sha256')
						.update(new Uint8Array(bytes as ArrayBuffer))
						.digest()
				).buffer
			: digest(algorithm, bytes);
}
