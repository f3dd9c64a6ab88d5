import { existsSync, readFileSync } from 'node:fs';
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
	browsers: BrowserRun[];
	results: Reliability[];
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
	browsers: Omit<BrowserRun, 'guarantees'>[];
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

/**
 * Every guarantee as its tests last left it. Runs of different parts stand beside each other: one
 * that failed counts until the same parts have been run again.
 */
export function standing(runs: readonly Run[]): Map<number, boolean> {
	const lastOfParts = new Map(runs.map((run) => [run.parts.join(), run]));
	const stands = new Map<number, boolean>();
	for (const { guarantees } of lastOfParts.values())
		for (const [guarantee, passed] of Object.entries(guarantees))
			stands.set(Number(guarantee), passed && (stands.get(Number(guarantee)) ?? true));
	return stands;
}

/** Every browser as it was last put through, by name. */
function browsersOf(runs: readonly Run[]): BrowserRun[] {
	const last = new Map<string, BrowserRun>();
	for (const { browsers } of runs) for (const one of browsers) last.set(one.name, one);
	return [...last.values()];
}

export function summaryOf(runs: readonly Run[], of: number): Summary {
	const last = runs.at(-1);
	if (last === undefined) throw new Error('There is no run to sum up.');
	const { at, version, commit, full } = last;
	return {
		last: { at, version, commit, full },
		proven: [...standing(runs).values()].filter(Boolean).length,
		of,
		browsers: browsersOf(runs).map(({ name, version: which, words }) => ({
			name,
			version: which,
			words
		})),
		tried: [...totals(runs)].map(([name, counts]) => ({
			what: wordsOf(name),
			counted: countsInWords(counts)
		}))
	};
}

const day = (at: string): string => at.slice(0, 10);

/** The record as a page. */
export function pageOf(
	{ summary, runs }: ReliabilityRecord,
	guarantees: readonly { number: number; title: string }[]
): string {
	const stands = standing(runs);
	const verdict = (n: number) =>
		stands.has(n) ? (stands.get(n) === true ? 'passed' : '**failed**') : 'not run yet';
	return `# Our record

Written by \`npm run guarantees -- --record\` from [record.json](record.json); nobody types it. What each guarantee says is in [guarantees.md](../guarantees.md). A run that failed stays in it.

**${summary.proven} of ${summary.of}** guarantees passed when they were last run, ${day(summary.last.at)}, version ${summary.last.version}.

## What was tried, in all runs together

| what was tried | counted |
| --- | --- |
${summary.tried.map(({ what: tried, counted }) => `| ${tried} | ${counted} |`).join('\n')}

## Browsers

| browser | version | |
| --- | --- | --- |
${summary.browsers.map(({ name, version, words }) => `| ${name} | ${version ?? 'not here'} | ${words} |`).join('\n')}

## The guarantees

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
