/**
 * `npm run bench`: what the work of a day costs, each measure beside its floor in the same run:
 * the same bytes carried and kept by nothing but the browser and the disk, as they are and sealed.
 * Asserts no times.
 *
 * --json prints one JSON object on standard output in place of the table. --quick measures a
 * register of 1,000 cases only, with fewer visits; --sizes 1000,10000 names the sizes, and
 * --only syncs,start,visits,search what is measured ("start" needs "syncs"). --registers DIR keeps
 * the registers it makes for another time; --prepare makes them and measures nothing.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, needsBuild } from '#demo/build.ts';
import { showProgress } from '#demo/show-progress.ts';
import { findChromium, installChromium } from '../browser.ts';
import { freePort, Server } from '../e2e/support/server.ts';
import { FloorServer } from './floor.ts';
import type { Bench } from './bench.ts';
import { measureStart, measureSyncs, measureVisits } from './measures.ts';
import { photoBytes, Pictures } from './pictures.ts';
import { assigned, BenchCouncil } from './register.ts';
import { measureSearch } from './search.ts';
import { table, type Measure } from './report.ts';

const { values } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		quick: { type: 'boolean', default: false },
		prepare: { type: 'boolean', default: false },
		sizes: { type: 'string' },
		only: { type: 'string' },
		registers: { type: 'string' }
	}
});

const parts = {
	syncs: measureSyncs,
	start: measureStart,
	visits: measureVisits,
	search: measureSearch
} as const;

const visits = values.quick ? 3 : 20;
const sizes = (values.sizes ?? (values.quick ? '1000' : '1000,10000,100000'))
	.split(',')
	.map(Number);
const least = assigned + visits;
if (sizes.some((size, at) => !Number.isInteger(size) || size < (sizes[at - 1] ?? least)))
	stop(
		`--sizes is whole numbers with commas between, each larger than the one before, from ${least}.`
	);
const wanted = (values.only ?? Object.keys(parts).join(',')).split(',');
if (wanted.some((one) => !Object.hasOwn(parts, one)) || wanted[0] === 'start')
	stop(`--only is some of ${Object.keys(parts).join(', ')}, with commas between.`);

function stop(why: string): never {
	console.error(why);
	process.exit(2);
}

const say = (what: string) => process.stderr.write(`${what}\n`);
const folder = mkdtempSync(join(tmpdir(), 'bops-bench-'));
const registers = values.registers ?? join(folder, 'registers');
const measures: Measure[] = [];
const load = loadavg()[0] ?? 0;

/** The register of a size: kept from another time, or grown from the next smaller one. */
async function councilOf(size: number): Promise<BenchCouncil> {
	const at = (of: number) => join(registers, String(of));
	const smaller = sizes.filter((one) => one < size && existsSync(at(one))).at(-1);
	if (!existsSync(at(size)) && smaller !== undefined)
		(await BenchCouncil.at(at(smaller))).copy(at(size));
	const council = await BenchCouncil.at(at(size));
	await council.grow(size, showProgress(process.stderr));
	return council;
}

async function measure(): Promise<void> {
	if (needsBuild()) {
		say('Building the app …');
		await build();
	}
	if (findChromium() === undefined) installChromium();
	const floor = await FloorServer.start(join(folder, 'floor'), photoBytes);
	const pictures = await Pictures.draw(join(folder, 'pictures'));
	try {
		for (const size of sizes) {
			const place = join(folder, String(size));
			// measuring changes it, so it is done on a copy
			const council = (await councilOf(size)).copy(join(place, 'council'));
			const server = new Server(council.dataDir, await freePort());
			const bench: Bench = {
				folder: place,
				size,
				council,
				server,
				floor,
				visits,
				pictures,
				say: (what) => say(`${size.toLocaleString('en-GB')} cases: ${what} …`),
				add(one) {
					measures.push(one);
					const floors = [one.floor, one.sealedFloor].filter((least) => least !== null);
					say(`  ${one.measure}: ${[one.measured, ...floors].join(', floor ')}`);
				}
			};
			try {
				for (const [name, part] of Object.entries(parts))
					if (wanted.includes(name)) await part(bench);
			} finally {
				await server.kill();
			}
			rmSync(place, { recursive: true, force: true });
		}
	} finally {
		floor.stop();
	}
}

try {
	if (values.prepare) for (const size of sizes) await councilOf(size);
	else await measure();
} finally {
	rmSync(folder, { recursive: true, force: true });
}

const processors = availableParallelism();
const machine = { processors, loadAtStart: load, node: process.version };
if (values.json) console.log(JSON.stringify({ machine, sizes, measures }));
else if (!values.prepare)
	console.log(
		`${table(measures)}\n\n${processors} processors, load ${load.toFixed(1)} at the start. Ratio is ` +
			'measured to floor; for polls more is better. The sealed floor has in it what must be done ' +
			'under the officer’s key as well.'
	);
