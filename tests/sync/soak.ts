import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { readRecord, writeRecord } from '../reliability/record.ts';
import { neverStruck } from './fault-kinds.ts';
import { runSeeds, type SeedsRan } from './seeds.ts';

/**
 * The simulator for as long as one likes: `npm run soak:sync -- --seeds 1000-2000`.
 * What it came to is added to docs/reliability/simulated.json, failures too.
 */
const { values } = parseArgs({
	options: {
		seeds: { type: 'string' },
		minutes: { type: 'string' },
		workers: { type: 'string' },
		steps: { type: 'string' },
		'no-record': { type: 'boolean', default: false },
		help: { type: 'boolean', default: false }
	}
});

const usage = `npm run soak:sync -- --seeds A-B [--minutes M] [--workers N] [--steps N] [--no-record]

  --seeds     the first and last seed
  --minutes   begin no other seed after so long
  --workers   seeds side by side; as many as there are cores, at most 4, if you say nothing
  --no-record do not add the result to ${join('docs', 'reliability', 'simulated.json')}`;

const range = /^(\d+)(?:-(\d+))?$/.exec(values.seeds ?? '');
if (values.help || range === null) {
	console.log(usage);
	process.exit(values.help ? 0 : 2);
}

const recordFile = join('docs', 'reliability', 'simulated.json');

/** One run of a range of seeds, as it is kept. */
interface KeptRun {
	seeds: string;
	/** of each seed */
	steps: number | null;
	facts: number;
	throughDexie: number;
	photos: number;
	restores: number;
	/** seeds that broke a rule */
	failures: number[];
	seconds: number;
	/** commit of the code that ran, with `+` when files were changed since */
	commit: string;
	version: string;
	date: string;
}

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();

async function keep(ran: SeedsRan, steps: number | null): Promise<void> {
	const changed = git('status', '--porcelain', '--', 'src', 'tests/sync') === '' ? '' : '+';
	const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
	const run: KeptRun = {
		seeds: `${ran.from}-${ran.to}`,
		steps,
		facts: ran.facts,
		throughDexie: ran.throughDexie,
		photos: ran.photos,
		restores: ran.struck['register restored'] ?? 0,
		failures: ran.failures.map(({ seed }) => seed),
		seconds: Math.round(ran.seconds),
		commit: git('rev-parse', '--short=12', 'HEAD') + changed,
		version,
		date: new Date().toISOString().slice(0, 10)
	};
	const { runs } = read();
	runs.push(run);
	const facts = runs.reduce((sum, one) => sum + one.facts, 0);
	const failures = runs.reduce((sum, one) => sum + one.failures.length, 0);
	mkdirSync(dirname(recordFile), { recursive: true });
	const text = JSON.stringify({ facts, failures, runs });
	const style = { ...(await resolveConfig(recordFile)), filepath: recordFile };
	writeFileSync(recordFile, await format(text, style));
	// the page of our record says how many there are by now
	const record = readRecord();
	if (record !== null) await writeRecord(record.runs);
}

function read(): { runs: KeptRun[] } {
	try {
		return JSON.parse(readFileSync(recordFile, 'utf8')) as { runs: KeptRun[] };
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return { runs: [] };
		throw problem;
	}
}

const minutes = Number(values.minutes ?? Infinity);
const steps = values.steps === undefined ? null : Number(values.steps);
let said = 0;
const ran = await runSeeds({
	from: Number(range[1]),
	to: Number(range[2] ?? range[1]),
	...(steps === null ? {} : { steps }),
	...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
	until: Date.now() + minutes * 60_000,
	progress(so) {
		for (const { words } of so.failures.slice(said)) console.error(`\n${words}\n`);
		said = so.failures.length;
		if (so.seeds % 50 === 0)
			console.error(
				`${so.seeds} seeds, ${so.facts} facts, ${so.failures.length} broken, ${Math.round(so.facts / so.seconds)} facts/s`
			);
	}
});
const never = neverStruck(ran.struck);
console.log(JSON.stringify({ ...ran, never }, null, '\t'));
if (!values['no-record']) await keep(ran, steps);
process.exitCode = ran.failures.length === 0 ? 0 : 1;
