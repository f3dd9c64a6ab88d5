/**
 * `npm run bench`: what the work of a day costs, each measure beside its floor in the same run:
 * the same bytes carried and kept by nothing but the browser and the disk. Asserts no times.
 *
 * --json prints one JSON object on standard output in place of the table, --quick measures a
 * register of 1,000 cases only, with fewer visits, --sizes 1000,10000 names the sizes.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, needsBuild } from '#demo/build.ts';
import { showProgress } from '#demo/show-progress.ts';
import { findChromium, installChromium } from '../browser.ts';
import { freePort, Server } from '../e2e/support/server.ts';
import { FloorServer } from './floor.ts';
import { measureSyncs, measureVisits, type Bench } from './measures.ts';
import { photoBytes, Pictures } from './pictures.ts';
import { assigned, BenchCouncil } from './register.ts';
import { table, type Measure } from './report.ts';

const { values } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		quick: { type: 'boolean', default: false },
		sizes: { type: 'string' }
	}
});

const visits = values.quick ? 3 : 20;
const sizes = (values.sizes ?? (values.quick ? '1000' : '1000,10000,100000'))
	.split(',')
	.map(Number);
const isGrowing = sizes.every((size, at) => at === 0 || size >= (sizes[at - 1] ?? 0) + visits);
if (sizes.some((size) => !Number.isInteger(size) || size < assigned + visits) || !isGrowing) {
	console.error(
		`--sizes is "${values.sizes ?? ''}"; it is whole numbers with commas between, each larger ` +
			`than the one before by at least ${visits}, the first at least ${assigned + visits}.`
	);
	process.exit(2);
}

const say = (what: string) => process.stderr.write(`${what}\n`);
const folder = mkdtempSync(join(tmpdir(), 'bops-bench-'));
const measures: Measure[] = [];
const load = loadavg()[0] ?? 0;
try {
	if (needsBuild()) {
		say('Building the app …');
		await build();
	}
	if (findChromium() === undefined) installChromium();
	const council = await BenchCouncil.make(join(folder, 'data'));
	const floor = await FloorServer.start(join(folder, 'floor'), photoBytes);
	const pictures = await Pictures.draw(join(folder, 'pictures'));
	const server = new Server(council.dataDir, await freePort());
	try {
		for (const size of sizes) {
			const toVisit = await council.grow(size, visits, showProgress(process.stderr));
			const profiles = join(folder, String(size));
			mkdirSync(profiles);
			const bench: Bench = {
				folder: profiles,
				size,
				council,
				server,
				floor,
				toVisit,
				pictures,
				say: (what) => say(`${size.toLocaleString('en-GB')} cases: ${what} …`),
				add(measure) {
					measures.push(measure);
					say(`  ${measure.measure}: ${measure.measured}, floor ${measure.floor}`);
				}
			};
			await server.start();
			await measureSyncs(bench);
			await measureVisits(bench);
			rmSync(profiles, { recursive: true, force: true });
		}
	} finally {
		await server.kill();
		floor.stop();
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

const processors = availableParallelism();
const machine = { processors, loadAtStart: load, node: process.version };
if (values.json) console.log(JSON.stringify({ machine, sizes, measures }));
else
	console.log(
		`${table(measures)}\n\n${processors} processors, load ${load.toFixed(1)} at the start. ` +
			'Ratio is measured to floor; for polls more is better.'
	);
