import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { closeInstallation, openInstallation } from '#lib/server/installation.ts';
import { drawBasemap } from './basemap.ts';
import { fillCouncil, PastClock, type Progress } from './make-council.ts';
import { generateTown } from './town.ts';

/** No authority of England has this code. */
export const demoCode = 'DEMO';

/** The host names that councils of this data folder answer to already. */
async function takenHosts(dataDir: string): Promise<Set<string>> {
	const hosts = new Set<string>();
	for (const entry of await readdir(dataDir, { withFileTypes: true })) {
		const file = join(dataDir, entry.name, 'council.json');
		if (!entry.isDirectory() || !existsSync(file)) continue;
		hosts.add((JSON.parse(await readFile(file, 'utf8')) as { host: string }).host);
	}
	return hosts;
}

export interface DemoFacts {
	host: string;
	/** cases in the register; null: the council was here before */
	made: number | null;
}

/**
 * Makes the demo council in the data folder, unless it is there. It is made beside the others and
 * moved to its place when whole, so that an interrupted start leaves nothing half made.
 */
export async function provideDemo(
	folder: string,
	options: { cases: number; seed: string; now: Date; progress: Progress }
): Promise<DemoFacts> {
	const dataDir = resolve(folder);
	await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
	const place = join(dataDir, demoCode);
	if (existsSync(join(place, 'council.json'))) {
		const { host } = JSON.parse(await readFile(join(place, 'council.json'), 'utf8')) as {
			host: string;
		};
		return { host, made: null };
	}
	const host = (await takenHosts(dataDir)).has('localhost') ? 'demo.localhost' : 'localhost';
	const making = join(dataDir, '.making-demo');
	await rm(making, { recursive: true, force: true });
	const clock = new PastClock(options.now, options.seed);
	const installation = openInstallation(making, { clock: clock.now, newId: clock.newId });
	try {
		const council = installation.addCouncil({
			code: demoCode,
			name: 'Wrenhithe Borough Council (demo)',
			host
		});
		options.progress('Drawing the town', 0, 1);
		const town = generateTown(options.seed);
		await writeFile(join(council.folder, 'basemap.pmtiles'), drawBasemap(town));
		options.progress('Drawing the town', 1, 1);
		await fillCouncil(council, clock, town, options);
	} finally {
		closeInstallation(installation);
	}
	const key = `keys/${demoCode}.key`;
	await rename(join(making, key), join(dataDir, key));
	await rename(join(making, demoCode), place);
	await rm(making, { recursive: true, force: true });
	return { host, made: options.cases };
}
