import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BasemapInfo } from '#lib/domain/basemap.ts';
import { openMbtiles } from './mbtiles-file.ts';
import { openPmtiles } from './pmtiles-file.ts';
import type { TileFile } from './tile-file.ts';

interface Opened {
	/** names the file's content: size and time of change */
	version: string;
	file: TileFile | null;
	/** why there is no basemap, in words */
	problem: string;
}

const none = (path: string): Opened => ({
	version: 'none',
	file: null,
	problem: `There is no basemap: the file ${path} does not exist.`
});

/** How long a file is trusted not to have been replaced, milliseconds. */
const trusted = 5_000;

/** The tile files of all councils, opened when first asked for and again when replaced. */
export class Basemaps {
	readonly #setting: string | null;
	readonly #dataDir: string;
	readonly #opened = new Map<string, { checkedAt: number; opened: Promise<Opened> }>();

	/**
	 * @param setting BASEMAP_FILE: one file for all councils, or a path with `{council}` where the
	 *   code goes; null: `basemap.pmtiles` beside each council's register
	 */
	constructor(setting: string | null, dataDir: string) {
		this.#setting = setting;
		this.#dataDir = dataDir;
	}

	pathFor(code: string): string {
		return this.#setting === null
			? resolve(this.#dataDir, code, 'basemap.pmtiles')
			: resolve(this.#setting.replaceAll('{council}', code));
	}

	async info(code: string): Promise<BasemapInfo> {
		const { file, problem } = await this.#fileOf(code);
		return file === null ? { basemap: 'none', reason: problem } : file.info;
	}

	async tileFile(code: string): Promise<TileFile | null> {
		return (await this.#fileOf(code)).file;
	}

	#fileOf(code: string): Promise<Opened> {
		const path = this.pathFor(code);
		const now = performance.now();
		const kept = this.#opened.get(path);
		if (kept !== undefined && now - kept.checkedAt < trusted) return kept.opened;
		const opened = look(path, kept?.opened);
		this.#opened.set(path, { checkedAt: now, opened });
		return opened;
	}
}

async function look(path: string, before: Promise<Opened> | undefined): Promise<Opened> {
	const last = await before;
	const facts = await stat(path).catch(() => null);
	const version =
		facts === null
			? 'none'
			: `${facts.size.toString(36)}-${Math.floor(facts.mtimeMs).toString(36)}`;
	if (last?.version === version) return last;
	// answers that are being read from the old file end long before this
	if (last?.file != null) setTimeout(() => void last.file?.close(), 60_000).unref();
	if (facts === null) return none(path);
	try {
		const file = path.endsWith('.mbtiles')
			? openMbtiles(path, version)
			: await openPmtiles(path, version);
		return { version, file, problem: '' };
	} catch (problem) {
		const why = problem instanceof Error ? problem.message : String(problem);
		return { version, file: null, problem: `The basemap file ${path} cannot be read: ${why}` };
	}
}
