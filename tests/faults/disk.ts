import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Chance } from '../sync/random.ts';
import { bytesIn, fileOf, lastNumber, pathsIn, type Call } from './strace.ts';

/** A disk takes in this many bytes as one. */
const sector = 512;
const page = 4096;

/** One change of what a file holds. */
type Change = { over: number; durableFrom: number } & (
	{ sort: 'bytes'; at: number; bytes: Buffer } | { sort: 'length'; length: number }
);
/** One change of which names there are. */
interface Naming {
	over: number;
	durableFrom: number;
	/** whose flush makes it sure */
	folder: string;
	apply(names: Names): void;
}
type Names = Map<string, File | 'folder'>;

/** What a file held before, and everything that was done to it, in order. */
class File {
	readonly before: Buffer;
	readonly changes: Change[] = [];

	constructor(before: Buffer) {
		this.before = before;
	}

	/** What it holds at a moment when only flushed changes are sure, and of the others any may be there. */
	heldAt(moment: number, chance: Chance): Buffer {
		let held = this.before;
		for (const change of this.changes) {
			if (change.over > moment) break;
			const sure = change.durableFrom <= moment;
			if (!sure && chance.happens(0.4)) continue;
			held =
				change.sort === 'length'
					? resized(held, change.length)
					: written(held, change.at, sure ? [change.bytes] : torn(change.bytes, chance));
		}
		return held;
	}
}

/** A write that was under way: whole, or cut at a sector, or only some of its pages. */
function torn(bytes: Buffer, chance: Chance): (Buffer | number)[] {
	if (chance.happens(0.4)) return [bytes];
	if (chance.happens(0.5))
		return [bytes.subarray(0, chance.below(Math.ceil(bytes.byteLength / sector)) * sector)];
	const parts: (Buffer | number)[] = [];
	for (let at = 0; at < bytes.byteLength; at += page) {
		const part = bytes.subarray(at, at + page);
		parts.push(chance.happens(0.5) ? part : part.byteLength);
	}
	return parts;
}

function resized(held: Buffer, length: number): Buffer {
	if (length <= held.byteLength) return held.subarray(0, length);
	return Buffer.concat([held, Buffer.alloc(length - held.byteLength)]);
}

/** @param parts bytes, or how many are left as they were */
function written(held: Buffer, at: number, parts: readonly (Buffer | number)[]): Buffer {
	const size = parts.reduce<number>(
		(sum, part) => sum + (typeof part === 'number' ? part : part.byteLength),
		0
	);
	const next = Buffer.alloc(Math.max(held.byteLength, at + size));
	held.copy(next);
	let place = at;
	for (const part of parts) {
		if (typeof part !== 'number') part.copy(next, place);
		place += typeof part === 'number' ? part : part.byteLength;
	}
	return next;
}

/**
 * What a program did to one folder, as a disk sees it: a change is sure to be there after a power
 * cut once its file has been flushed, and a name once its folder has been. Of everything else any
 * part may be there. Stricter than any file system in use.
 */
export class Disk {
	readonly #folder: string;
	readonly #before: Names = new Map();
	readonly #namings: Naming[] = [];
	/** the last place in the order of calls that changed something */
	end = 0;
	writes = 0;
	flushes = 0;

	/**
	 * @param folder the folder as the program knew it
	 * @param before a copy of it from before the program began: all of that is on the disk
	 */
	constructor(folder: string, before: string, calls: readonly Call[]) {
		this.#folder = folder;
		for (const entry of readdirSync(before, { recursive: true, withFileTypes: true })) {
			const path = join(entry.parentPath, entry.name);
			const held = entry.isFile() ? new File(readFileSync(path)) : 'folder';
			this.#before.set(join(folder, path.slice(before.length + 1)), held);
		}
		const names = new Map(this.#before);
		for (const call of calls) this.#see(call, names);
	}

	/** Makes the folder as it may be found when the power went at that moment. */
	rebuild(into: string, moment: number, chance: Chance): void {
		rmSync(into, { recursive: true, force: true });
		mkdirSync(into, { mode: 0o700 });
		const names = new Map(this.#before);
		for (const naming of this.#namings) {
			if (naming.over > moment) break;
			if (naming.durableFrom <= moment || chance.happens(0.5)) naming.apply(names);
		}
		// a folder before what is in it
		for (const [path, held] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
			const there = join(into, path.slice(this.#folder.length + 1));
			// a name in a folder that is not there names nothing
			if (!existsSync(dirname(there))) continue;
			if (held === 'folder') mkdirSync(there, { mode: 0o700 });
			else writeFileSync(there, held.heldAt(moment, chance), { mode: 0o600 });
		}
	}

	#ours(path: string): boolean {
		// the index of a write-ahead log is memory, and is made anew
		return path.startsWith(`${this.#folder}/`) && !path.endsWith('-shm');
	}

	#see(call: Call, names: Names): void {
		const { name } = call;
		if (name === 'openat' || name === 'open' || name === 'creat') this.#opened(call, names);
		else if (name.startsWith('rename')) this.#renamed(call, names);
		else if (name.startsWith('unlink') || name === 'rmdir') this.#unlinked(call, names);
		else if (name.startsWith('mkdir')) this.#madeFolder(call, names);
		else if (name === 'fsync' || name === 'fdatasync') this.#flushed(call, names);
		else if (/^(write|pwrite64|writev|pwritev|ftruncate)$/.test(name)) this.#changed(call, names);
		else if (!name.startsWith('send') && pathsIn(call).some((path) => this.#ours(path)))
			throw new Error(`The disk's model does not know ${name}.`);
	}

	#opened(call: Call, names: Names): void {
		const path = call.opened;
		if (!this.#ours(path)) return;
		const known = names.get(path);
		if (known === undefined && call.args.includes('O_CREAT')) {
			const file = new File(Buffer.alloc(0));
			this.#name(call, dirname(path), names, (all) => all.set(path, file));
		} else if (known instanceof File && call.args.includes('O_TRUNC'))
			this.#change(known, { ...this.#unsure(call), sort: 'length', length: 0 });
	}

	/** Two changes, each as sure as its folder: the new name, and the old one's end. */
	#renamed(call: Call, names: Names): void {
		const [from = '', to = ''] = pathsIn(call);
		const file = names.get(from);
		if (!this.#ours(to) || file === undefined) return;
		this.#name(call, dirname(to), names, (all) => all.set(to, file));
		this.#name(call, dirname(from), names, (all) => {
			if (all.get(from) === file) all.delete(from);
		});
	}

	#unlinked(call: Call, names: Names): void {
		const [path = ''] = pathsIn(call);
		if (this.#ours(path)) this.#name(call, dirname(path), names, (all) => all.delete(path));
	}

	#madeFolder(call: Call, names: Names): void {
		const [path = ''] = pathsIn(call);
		if (this.#ours(path)) this.#name(call, dirname(path), names, (all) => all.set(path, 'folder'));
	}

	#changed(call: Call, names: Names): void {
		const path = fileOf(call);
		const file = names.get(path);
		if (!(file instanceof File) || !this.#ours(path)) return;
		if (call.name === 'ftruncate') {
			this.#change(file, { ...this.#unsure(call), sort: 'length', length: lastNumber(call) });
			return;
		}
		if (!call.name.startsWith('pwrite') && !call.args.includes('"'))
			throw new Error(`${call.name} to ${path} shows no bytes.`);
		// without a place of its own it goes to the end: nothing of ours writes otherwise
		const at = call.name.startsWith('pwrite') ? lastNumber(call) : lengthOf(file);
		const bytes = bytesIn(call).subarray(0, call.result);
		this.#change(file, { ...this.#unsure(call), sort: 'bytes', at, bytes });
	}

	#flushed(call: Call, names: Names): void {
		const path = fileOf(call);
		this.flushes += 1;
		const held = names.get(path);
		const changed = [
			...(held instanceof File ? held.changes : []),
			...this.#namings.filter(({ folder }) => folder === path)
		];
		for (const change of changed)
			if (change.over < call.began) change.durableFrom = Math.min(change.durableFrom, call.over);
	}

	#unsure(call: Call): { over: number; durableFrom: number } {
		this.end = call.over;
		return { over: call.over, durableFrom: Infinity };
	}

	#change(file: File, change: Change): void {
		this.writes += 1;
		file.changes.push(change);
	}

	#name(call: Call, folder: string, names: Names, apply: (names: Names) => void): void {
		this.#namings.push({ ...this.#unsure(call), folder, apply });
		apply(names);
	}
}

const lengthOf = (file: File): number => {
	let length = file.before.byteLength;
	for (const change of file.changes)
		length =
			change.sort === 'length'
				? change.length
				: Math.max(length, change.at + change.bytes.byteLength);
	return length;
};
