/**
 * `npm run guarantees`: runs every test that is named after a guarantee, collects what they
 * counted, and writes `reliability.json`.
 *
 *   --full           the long versions: hours of kills and cuts in some minutes each
 *   --seed 7         where chance begins
 *   --only faults    some parts: device, register, faults, screens, browsers
 *   --matching kills only test files with this in their name
 *   --record         adds the run to docs/reliability, which is what the help shows
 *
 * Runs of parts add up in the record, file by file: `--full --record --only faults --matching kills`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, installChromium } from '../browser.ts';
import { guaranteesPage, nameOf, namedTests, readGuarantees } from './guarantees.ts';
import { readRecord, writeRecord, type BrowserRun, type FileRun, type Run } from './record.ts';
import { reportFolder, type Reliability } from './report.ts';

const parts = ['register', 'device', 'faults', 'screens', 'browsers'] as const;
type Part = (typeof parts)[number];

const { values: asked } = parseArgs({
	options: {
		full: { type: 'boolean', default: false },
		seed: { type: 'string', default: '1' },
		only: { type: 'string', multiple: true, default: [] },
		matching: { type: 'string', default: '' },
		record: { type: 'boolean', default: false }
	}
});
const only = asked.only.flatMap((list) => list.split(',')) as Part[];
const unknown = only.filter((part) => !parts.includes(part));
const seed = Number(asked.seed);
if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
	console.error(
		unknown.length > 0
			? `There is no part ${unknown.join(', ')}. Parts: ${parts.join(', ')}.`
			: `--seed takes a whole number, not ${asked.seed}.`
	);
	process.exit(2);
}
const wanted: readonly Part[] = only.length === 0 ? parts : only;

/** One test of a guarantee, and what became of it. */
interface Outcome {
	number: number;
	title: string;
	/** path in the checkout */
	file: string;
	passed: boolean;
}

const bin = (name: string) => join('node_modules', '.bin', name);
const results = 'test-results';

function ran(program: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
	return (
		spawnSync(program, args, {
			stdio: ['ignore', 'inherit', 'inherit'],
			env: {
				...process.env,
				RELIABILITY: asked.full ? 'full' : 'short',
				RELIABILITY_SEED: asked.seed,
				...env
			}
		}).status === 0
	);
}

/** The number in a title of a test: `guarantee-07 …`, whatever stands before it. */
const numberIn = (title: string): number | null => {
	const [, digits] = /\bguarantee-(\d\d)\b/.exec(title) ?? [];
	return digits === undefined ? null : Number(digits);
};

/** Tests of ours that count for the record without being one guarantee's own. */
const alsoCounted = ['tests/sync/simulator.test.ts', 'tests/sync/breakages.test.ts'];

/** @param project of vite.config.ts; only its files that hold tests of guarantees are run */
function vitest(project: string, folders: RegExp): Outcome[] {
	const named = new Set(namedTests().map(({ file }) => file));
	const isAsked = (file: string) => folders.test(file) && file.includes(asked.matching);
	const files = [...named].filter((file) => isAsked(file) && file.endsWith('.test.ts'));
	const whole = alsoCounted.filter(isAsked);
	return [
		...(files.length > 0 ? vitestOn(project, files, ['-t', 'guarantee-']) : []),
		...(whole.length > 0 ? vitestOn(project, whole, ['-t', '^((?!guarantee-).)*$']) : [])
	];
}

function vitestOn(project: string, files: string[], args: string[]): Outcome[] {
	const file = join(results, 'guarantees.json');
	rmSync(file, { force: true });
	const json = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const options = [`--project=${project}`, '--no-file-parallelism', ...json];
	const passed = ran(bin('vitest'), ['run', ...options, ...args, ...files]);
	if (!existsSync(file)) throw new Error(`Vitest left no report on ${files.join(', ')}.`);
	const report = JSON.parse(readFileSync(file, 'utf8')) as {
		testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
	};
	const tests = report.testResults.flatMap(({ name, assertionResults }) =>
		assertionResults.map((one) => ({ ...one, file: relative(process.cwd(), name) }))
	);
	if (!passed && !tests.some(({ status }) => status === 'failed')) broken.push(files.join(', '));
	for (const { fullName, status } of tests)
		if (status === 'failed' && numberIn(fullName) === null) broken.push(fullName);
	return tests.flatMap(({ fullName: title, status, file: of }) => {
		const number = numberIn(title);
		// neither "skipped" nor anything else is a pass; what -t left out was not asked for
		const left = status === 'skipped' || status === 'pending';
		return number === null || left
			? []
			: [{ number, title, file: of, passed: status === 'passed' }];
	});
}

interface Suite {
	title: string;
	specs?: { title: string; file: string; ok: boolean; tests: { status: string }[] }[];
	suites?: Suite[];
}

function playwright(): Outcome[] {
	if (findChromium() === undefined) installChromium();
	const file = join(results, 'guarantees-e2e.json');
	rmSync(file, { force: true });
	const output = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
	const matching = asked.matching === '' ? [] : [asked.matching];
	const args = ['test', '--grep', 'guarantee-', '--reporter=list,json', ...matching];
	ran(bin('playwright'), args, output);
	const all = ({ specs = [], suites = [] }: Suite): Outcome[] => [
		...specs.flatMap(({ title, file: spec, ok, tests }) => {
			const number = numberIn(title);
			const skipped = tests.every(({ status }) => status === 'skipped');
			const of = join('tests', 'e2e', basename(spec));
			return number === null || skipped ? [] : [{ number, title, file: of, passed: ok }];
		}),
		...suites.flatMap(all)
	];
	return (JSON.parse(readFileSync(file, 'utf8')) as { suites: Suite[] }).suites.flatMap(all);
}

function firstLine(program: string, args: string[]): string | null {
	const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
	return status === 0 ? (stdout.split('\n')[0]?.trim() ?? '') : null;
}

const broken: string[] = [];
rmSync(reportFolder, { recursive: true, force: true });
if (!existsSync('build/handler.js') && wanted.some((part) => part !== 'register'))
	if (!ran(bin('vite'), ['build', '--logLevel=warn'])) process.exit(1);

const outcomes: Outcome[] = [
	...(wanted.includes('register') ? vitest('unit', /^src\//) : []),
	...(wanted.includes('device') ? vitest('sync', /^tests\/sync\//) : []),
	...(wanted.includes('faults') ? vitest('faults', /^tests\/faults\//) : [])
];
if (wanted.includes('browsers') && !ran(process.execPath, ['tests/storage/run.ts']))
	broken.push('the storage suite in a browser');
const onScreen = wanted.includes('screens') ? playwright() : [];

const guarantees = readGuarantees();
const all = [...outcomes, ...onScreen];
const passedOf = (tests: readonly Outcome[]): Record<string, boolean> =>
	Object.fromEntries(
		guarantees.flatMap(({ number }) => {
			const own = tests.filter((one) => one.number === number);
			return own.length === 0 ? [] : [[number, own.every(({ passed }) => passed)]];
		})
	);
const verdicts = passedOf(all);

const reports = existsSync(reportFolder)
	? readdirSync(reportFolder)
			.filter((name) => name.endsWith('.json'))
			.sort()
			.map((name) => JSON.parse(readFileSync(join(reportFolder, name), 'utf8')) as Reliability)
	: [];
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const run: Run = {
	at: new Date().toISOString(),
	version,
	commit: firstLine('git', ['rev-parse', '--short', 'HEAD']),
	machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
	full: asked.full,
	seed,
	parts: asked.matching === '' ? [...wanted] : [...wanted, `files named ${asked.matching}`],
	guarantees: verdicts,
	files: filesOf(all),
	browsers: browsersOf(reports, onScreen),
	results: reports
};

writeFileSync('reliability.json', `${JSON.stringify({ ...run, tests: all }, null, '\t')}\n`);
if (asked.record) await writeRecord([...(readRecord()?.runs ?? []), run]);

const failed = [
	...all.filter(({ passed }) => !passed).map(({ title }) => title),
	...reports.filter(({ passed }) => !passed).map(({ name }) => name),
	...broken
];
console.log('');
for (const { number, title, unproven } of guarantees) {
	const mark = verdicts[number] === undefined ? '·' : verdicts[number] ? '✓' : '✗';
	const note = unproven ? ' (not proven yet)' : verdicts[number] === undefined ? ' (not run)' : '';
	console.log(`${mark} ${nameOf(number)} ${title}${note}`);
}
const good = Object.values(verdicts).filter(Boolean).length;
console.log(`\n${good} of ${guarantees.length} guarantees passed; see ${guaranteesPage}.`);
if (failed.length > 0) console.log(`\nFailed:\n  ${failed.join('\n  ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** What each browser was put through in this run: the guarantees on screen, the storage suite, or nothing. */
function browsersOf(reports: readonly Reliability[], screens: readonly Outcome[]): BrowserRun[] {
	return ['Chromium', 'Firefox', 'WebKit'].flatMap((name): BrowserRun[] => {
		const suite = reports.find(({ browser }) => browser?.name === name);
		const onScreen = name === 'Chromium' ? screens : [];
		if (suite === undefined && onScreen.length === 0) {
			if (!wanted.includes('browsers')) return [];
			const words = 'not on the machine, and could not be installed there';
			return [{ name, version: null, guarantees: [], words }];
		}
		const passed = Object.entries(passedOf(onScreen)).flatMap(([n, ok]) => (ok ? [Number(n)] : []));
		const kept = [...new Set([...passed, ...(suite?.browser?.guarantees ?? [])])].sort(
			(one, other) => one - other
		);
		const words = [
			...(kept.length === 0 ? [] : [`guarantees ${kept.join(', ')}`]),
			...(onScreen.length === 0
				? []
				: [`${onScreen.filter((one) => one.passed).length} of ${onScreen.length} tests on screen`]),
			...(suite === undefined
				? []
				: [`${suite.counts['passed']} of ${suite.counts['checks']} checks of the storage suite`])
		];
		const version = suite?.browser?.version ?? firstLine(findChromium() ?? '', ['--version']);
		return [{ name, version, guarantees: kept, words: words.join('; ') }];
	});
}

/** What each file of tests said of each guarantee that it is named for. */
function filesOf(tests: readonly Outcome[]): FileRun[] {
	const by = new Map<string, FileRun>();
	for (const { file, number: guarantee, passed } of tests) {
		const key = `${guarantee} ${file}`;
		const one = by.get(key) ?? { file, guarantee, tests: 0, passed: true };
		by.set(key, { ...one, tests: one.tests + 1, passed: one.passed && passed });
	}
	return [...by.values()];
}
