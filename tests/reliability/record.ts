import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readGuarantees, type Guarantee } from './guarantees.ts';
import type { Reliability } from './report.ts';

/** One run of `npm run guarantees`, as it is kept. */
export interface Run {
	/** when it ended */
	at: string;
	version: string;
	/** of the code that was run; null outside a checkout */
	commit: string | null;
	/** cores, memory and Node it ran with, in words */
	machine: string;
	full: boolean;
	seed: number;
	/** which parts were run: a record of a part says so */
	parts: string[];
	/** by number: whether its tests passed; those of parts that were not run are not here */
	guarantees: Record<string, boolean>;
	/** what each file of tests came to; runs of before 28 November 2026 did not keep it */
	files?: FileRun[];
	browsers: BrowserRun[];
	results: Reliability[];
}

/** What the tests of one guarantee in one file came to. */
export interface FileRun {
	/** path in the checkout */
	file: string;
	guarantee: number;
	/** tests that were run; none of them was skipped to a pass */
	tests: number;
	passed: boolean;
}

/** What one browser was put through. */
export interface BrowserRun {
	name: string;
	/** null: it is not on the machine, and `words` says so */
	version: string | null;
	/** guarantees of which at least one test ran in it, and none failed */
	guarantees: number[];
	words: string;
}

export interface ReliabilityRecord {
	summary: Summary;
	runs: Run[];
}

/** The record in the few lines that the help shows. */
export interface Summary {
	last: Pick<Run, 'at' | 'version' | 'commit' | 'full'>;
	/** guarantees whose tests passed the last time they were run */
	proven: number;
	of: number;
	browsers: Pick<BrowserRun, 'name' | 'version' | 'words'>[];
	tried: { what: string; counted: string }[];
}

export const recordFile = 'docs/reliability/record.json';
export const recordPage = 'docs/reliability/README.md';

export const readRecord = (): ReliabilityRecord | null =>
	existsSync(recordFile)
		? (JSON.parse(readFileSync(recordFile, 'utf8')) as ReliabilityRecord)
		: null;

/** How the names of what was counted read; a name that is not here reads as it is. */
const what: Record<string, string> = {
	'server-kills': 'The real server killed without warning',
	'power-cuts': 'Power cuts: the disk rebuilt without what had not been flushed',
	'flushes-before-answers': 'Answers of the server watched for a flush before them',
	'photograph-cut-at-each-point': 'A photograph of 10 MB cut at one point',
	'photograph-cut-again-and-again': 'A photograph of 10 MB cut again and again',
	'push-cut-at-bytes': 'A push cut at a byte, on its way there or back',
	'requests-that-arrive-twice': 'Requests that arrived twice',
	'databases-thrown-away': 'A browser’s databases deleted while work waited in them',
	'bad-lines': 'Bad lines: slow, late, dead, or answered by a hotel’s page',
	'tablets-that-come-back': 'Tablets that came back at the same moment, with 20 items each',
	soak: 'Tablets at work through a bad network for a long time',
	'storage-chromium': 'The storage suite in Chromium',
	'storage-firefox': 'The storage suite in Firefox',
	'storage-webkit': 'The storage suite in WebKit',
	'browser-kills': 'A browser killed without warning while it saves',
	'disk-really-full': 'A browser on a disk filled to the last bytes'
};

export const wordsOf = (name: string): string =>
	what[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

/** A greatest or a size of the machine is not added up over runs. */
const isGreatest = (count: string): boolean => /at most|MB|seconds|bytes (up|down)/.test(count);

/** What all runs together counted, by the name of the test. */
export function totals(runs: readonly Run[]): Map<string, Record<string, number>> {
	const all = new Map<string, Record<string, number>>();
	for (const { results } of runs)
		for (const { name, counts } of results) {
			const sum = all.get(name) ?? {};
			for (const [count, n] of Object.entries(counts))
				sum[count] = isGreatest(count) ? Math.max(sum[count] ?? 0, n) : (sum[count] ?? 0) + n;
			all.set(name, sum);
		}
	return all;
}

const number = new Intl.NumberFormat('en-GB');
export const countsInWords = (counts: Record<string, number>): string =>
	Object.entries(counts)
		.map(([count, n]) => `${count} ${number.format(n)}`)
		.join(' · ');

/** A guarantee as its tests last left it. */
export interface Standing {
	/** files of tests that prove it and passed when they were last run, of all that the page names */
	passed: number;
	of: number;
	/** one of them failed when it was last run */
	failed: boolean;
}

export const isProven = ({ passed, of, failed }: Standing): boolean => !failed && passed === of;

/**
 * Every guarantee by number, as far as the runs of the last version go. Runs of parts add up: a
 * guarantee has passed when every file that the page names has, each in its last run. A file that
 * failed counts until it has been run again, and one that was never run is not counted as passed.
 */
export function standing(
	runs: readonly Run[],
	guarantees: readonly Guarantee[]
): Map<number, Standing> {
	const version = runs.at(-1)?.version;
	const last = new Map<string, boolean>();
	for (const run of runs)
		if (run.version === version)
			for (const { file, guarantee, passed } of run.files ?? [])
				last.set(`${guarantee} ${file}`, passed);
	return new Map(
		guarantees.map(({ number, provenIn }) => {
			const said = [...new Set(provenIn)].map((file) => last.get(`${number} ${file}`));
			const passed = said.filter((one) => one === true).length;
			return [number, { passed, of: said.length, failed: said.includes(false) }];
		})
	);
}

/** Every browser as it was last put through, with the guarantees that have passed in it. */
function browsersOf(runs: readonly Run[]): Summary['browsers'] {
	const onScreen = new Map<string, FileRun>();
	for (const { files = [] } of runs)
		for (const one of files)
			if (one.file.startsWith('tests/e2e/')) onScreen.set(`${one.guarantee} ${one.file}`, one);
	return ['Chromium', 'Firefox', 'WebKit'].flatMap((name): Summary['browsers'] => {
		const missing = runs.findLast(({ browsers }) => browsers.some((one) => one.name === name));
		const suite = runs
			.flatMap(({ results }) => results)
			.findLast(({ browser }) => browser?.name === name);
		const screens = name === 'Chromium' ? [...onScreen.values()] : [];
		const version = suite?.browser?.version ?? null;
		if (version === null && screens.length === 0)
			return missing?.browsers.filter((one) => one.name === name) ?? [];
		const failed = new Set(screens.flatMap((one) => (one.passed ? [] : [one.guarantee])));
		const kept = new Set([
			...(suite?.browser?.guarantees ?? []),
			...screens.map(({ guarantee }) => guarantee)
		]);
		const tests = screens.reduce((sum, one) => sum + one.tests, 0);
		const words = [
			`guarantees ${[...kept]
				.filter((one) => !failed.has(one))
				.sort((a, b) => a - b)
				.join(', ')}`,
			...(tests === 0 ? [] : [`${tests} tests on screen, ${failed.size} guarantees failed`]),
			...(suite === undefined
				? []
				: [`${suite.counts['passed']} of ${suite.counts['checks']} checks of the storage suite`])
		];
		return [{ name, version, words: words.join('; ') }];
	});
}

export function summaryOf(runs: readonly Run[], guarantees: readonly Guarantee[]): Summary {
	const last = runs.at(-1);
	if (last === undefined) throw new Error('There is no run to sum up.');
	const { at, version, commit, full } = last;
	return {
		last: { at, version, commit, full },
		proven: [...standing(runs, guarantees).values()].filter(isProven).length,
		of: guarantees.length,
		browsers: browsersOf(runs),
		tried: [...totals(runs)].map(([name, counts]) => ({
			what: wordsOf(name),
			counted: countsInWords(counts)
		}))
	};
}

const day = (at: string): string => at.slice(0, 10);

/** The recorded ranges of the simulator, added up (tests/sync/soak.ts). */
export interface Simulated {
	facts: number;
	/** days that broke a rule */
	failures: number;
	runs: { throughDexie: number; restores: number }[];
}

const simulatedFile = 'docs/reliability/simulated.json';

export const readSimulated = (): Simulated =>
	JSON.parse(readFileSync(simulatedFile, 'utf8')) as Simulated;

/** The record as a page. */
export function pageOf(
	{ summary, runs }: ReliabilityRecord,
	guarantees: readonly Guarantee[],
	simulated: Simulated
): string {
	const stands = standing(runs, guarantees);
	const [throughDexie, restores] = simulated.runs.reduce(
		([dexie, times], one) => [dexie + one.throughDexie, times + one.restores],
		[0, 0]
	);
	const verdict = (n: number) => {
		const one = stands.get(n);
		if (one === undefined || (one.passed === 0 && !one.failed)) return 'not run yet';
		const said = one.failed ? '**failed**' : isProven(one) ? 'passed' : 'not run whole';
		return `${said}: ${one.passed} of ${one.of}`;
	};
	return `# Our record

Written by \`npm run guarantees -- --record\` from [record.json](record.json); nobody types it. What each guarantee says is in [guarantees.md](../guarantees.md). A run that failed stays in it.

**${summary.proven} of ${summary.of}** guarantees passed when they were last run, ${day(summary.last.at)}, version ${summary.last.version}.

## What was tried, in all runs together

| what was tried | counted |
| --- | --- |
${summary.tried.map(({ what: tried, counted }) => `| ${tried} | ${counted} |`).join('\n')}

## What was simulated

Days of several tablets, a desk and a register, each from a number that chance begins with, through ${simulated.runs.length} recorded ranges of such numbers ([simulated.json](simulated.json), written by \`npm run soak:sync\`): **${number.format(simulated.facts)} facts**, of which ${number.format(throughDexie)} through the browser’s own kind of database, in ${number.format(restores)} restored histories. ${simulated.failures} days broke a rule. What such a day finds is told again as a test before it is mended ([regressions.test.ts](../../tests/sync/regressions.test.ts)).

## Browsers

| browser | version | |
| --- | --- | --- |
${summary.browsers.map(({ name, version, words }) => `| ${name} | ${version ?? 'not here'} | ${words} |`).join('\n')}

## The guarantees

The last column counts the files of tests that [guarantees.md](../guarantees.md) names: those that passed when this version last ran them, of all.

| | guarantee | last run |
| --- | --- | --- |
${guarantees.map(({ number: n, title }) => `| ${n} | ${title} | ${verdict(n)} |`).join('\n')}

## The runs

| date | version | commit | parts | length | seed | machine | what failed |
| --- | --- | --- | --- | --- | --- | --- | --- |
${runs.map(lineOf).join('\n')}
`;
}

function lineOf({ at, version, commit, parts, full, seed, machine, ...run }: Run): string {
	const failed = [
		...Object.entries(run.guarantees).flatMap(([n, passed]) => (passed ? [] : [`guarantee ${n}`])),
		...run.results.flatMap(({ name, passed }) => (passed ? [] : [name]))
	];
	const cells = [
		...[day(at), version, commit ?? '', parts.join(', '), full ? 'full' : 'short'],
		...[String(seed), machine, failed.join(', ') || 'nothing']
	];
	return `| ${cells.join(' | ')} |`;
}

/** Writes the record and its page anew from these runs, and from what was simulated. */
export async function writeRecord(runs: readonly Run[]): Promise<void> {
	const guarantees = readGuarantees();
	const record = { summary: summaryOf(runs, guarantees), runs: [...runs] };
	mkdirSync(dirname(recordFile), { recursive: true });
	for (const [file, text] of [
		[recordFile, JSON.stringify(record)],
		[recordPage, pageOf(record, guarantees, readSimulated())]
	] as const)
		writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
