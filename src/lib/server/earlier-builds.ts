import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { dirname, extname, join } from 'node:path';

/**
 * A window that was opened before a new version was put in place may still ask for parts of the
 * one it runs. Their names hold a hash, so the files of several builds lie beside each other:
 * those of a build that has been replaced are kept for so many days after that (guarantee 15).
 */
const keptDays = 30;
const day = 24 * 60 * 60_000;

/** Addresses whose names hold a hash. */
const prefix = '/_app/immutable/';

const types: Record<string, string> = {
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.wasm': 'application/wasm',
	'.woff2': 'font/woff2',
	'.svg': 'image/svg+xml',
	'.png': 'image/png'
};

/** What of a build that was replaced is served, by address. */
export interface EarlierBuilds {
	/** the file at this address, when it is of an earlier build; null: it is of this one, or of none */
	find(path: string): { file: string; type: string } | null;
}

/**
 * Puts this build's files beside those of the builds before it, and removes what nobody can be
 * running any more. Called once, when the server starts.
 *
 * @param build the folder of this build whose names hold hashes
 * @param kept where they are kept, over all builds
 */
export function keepBuild(build: string, kept: string, now: Date): EarlierBuilds {
	const list = join(kept, 'in-use.json');
	const held = join(kept, 'files');
	mkdirSync(held, { recursive: true });
	// those of the build before were in use until this moment, however long ago it was put in place
	const before = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
	const names = existsSync(build) ? filesIn(build) : [];
	for (const name of before)
		if (existsSync(join(held, name))) utimesSync(join(held, name), now, now);
	for (const name of names) {
		const copy = join(held, name);
		mkdirSync(dirname(copy), { recursive: true });
		if (!existsSync(copy)) copyFileSync(join(build, name), copy);
		utimesSync(copy, now, now);
	}
	writeFileSync(list, JSON.stringify(names));
	for (const name of filesIn(held))
		if (now.getTime() - statSync(join(held, name)).mtimeMs > keptDays * day)
			rmSync(join(held, name));
	const own = new Set(names);
	const others = new Set(filesIn(held).filter((name) => !own.has(name)));
	return {
		find(path) {
			if (!path.startsWith(prefix)) return null;
			const name = path.slice(prefix.length);
			// only names that were listed: nothing that is asked for becomes a path
			if (!others.has(name)) return null;
			return { file: join(held, name), type: types[extname(name)] ?? 'application/octet-stream' };
		}
	};
}

/** Every file under a folder, as `a/b.js`; not the compressed twins. */
const filesIn = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
		.map((entry) =>
			join(entry.parentPath, entry.name)
				.slice(folder.length + 1)
				.replaceAll('\\', '/')
		);
