/**
 * `npm test`: everything, in an order that fails early, ending with `N passed, N failed`
 * alone on the last line. `npm test -- unit e2e` runs only the steps named.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findChromium, installChromium } from './browser.ts';

const results = 'test-results';
const bin = (name: string) => join('node_modules', '.bin', name);

interface Count {
	passed: number;
	failed: number;
	/** full names; a name or its annotation says why */
	skipped: string[];
}

interface Step {
	name: string;
	what: string;
	needs?: string[];
	run(): Count;
}

/** Runs a program with its output on the terminal; true when it succeeded. */
function ran(program: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
	const { status, error } = spawnSync(program, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...env }
	});
	if (error !== undefined) console.error(`${program}: ${error.message}`);
	return status === 0;
}

const check = (name: string, what: string, program: string, args: string[]): Step => ({
	name,
	what,
	run: () =>
		ran(program, args)
			? { passed: 1, failed: 0, skipped: [] }
			: { passed: 0, failed: 1, skipped: [] }
});

interface VitestReport {
	numPassedTests: number;
	numFailedTests: number;
	numFailedTestSuites: number;
	testResults: {
		name: string;
		status: string;
		assertionResults: { fullName: string; status: string }[];
	}[];
}

/** A project of vite.config.ts in one time zone, so that nothing passes by the machine being in UTC. */
const vitest = (
	name: string,
	project: string,
	zone: string,
	more: { what?: string; needs?: string[]; args?: string[] } = {}
): Step => ({
	name,
	what: more.what ?? `${project} tests, ${zone}`,
	...(more.needs === undefined ? {} : { needs: more.needs }),
	run() {
		const file = join(results, `${name}.json`);
		rmSync(file, { force: true });
		const passed = ran(
			bin('vitest'),
			[
				'run',
				`--project=${project}`,
				'--passWithNoTests',
				'--allowOnly=false',
				'--reporter=default',
				'--reporter=json',
				`--outputFile.json=${file}`,
				...(more.args ?? [])
			],
			{ TZ: zone }
		);
		const report = readReport<VitestReport>(file);
		if (report === null) return { passed: 0, failed: 1, skipped: [] };
		const broken = report.testResults.filter(
			({ status, assertionResults }) =>
				status === 'failed' && !assertionResults.some((one) => one.status === 'failed')
		).length;
		const failed = report.numFailedTests + broken;
		return {
			passed: report.numPassedTests,
			failed: failed === 0 && !passed ? 1 : failed,
			skipped: report.testResults.flatMap(({ assertionResults }) =>
				assertionResults
					.filter(({ status }) => status !== 'passed' && status !== 'failed')
					.map(({ fullName }) => fullName)
			)
		};
	}
});

interface PlaywrightSuite {
	title: string;
	specs?: {
		title: string;
		tests: { status: string; annotations: { type: string; description?: string }[] }[];
	}[];
	suites?: PlaywrightSuite[];
}
interface PlaywrightReport {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	errors: unknown[];
	suites: PlaywrightSuite[];
}

const skippedIn = (suite: PlaywrightSuite): string[] => [
	...(suite.specs ?? []).flatMap(({ title, tests }) =>
		tests
			.filter(({ status }) => status === 'skipped')
			.map(({ annotations }) => {
				const why = annotations.find(({ type }) => type === 'skip')?.description;
				return `${suite.title} › ${title}${why === undefined ? '' : `: ${why}`}`;
			})
	),
	...(suite.suites ?? []).flatMap(skippedIn)
];

const e2e: Step = {
	name: 'e2e',
	what: 'the browser, in the officer’s words',
	needs: ['build'],
	run() {
		if (findChromium() === undefined) installChromium();
		const file = join(results, 'e2e.json');
		rmSync(file, { force: true });
		const passed = ran(bin('playwright'), ['test', '--reporter=list,json'], {
			PLAYWRIGHT_JSON_OUTPUT_FILE: file
		});
		const report = readReport<PlaywrightReport>(file);
		if (report === null) return { passed: 0, failed: 1, skipped: [] };
		const { expected, unexpected, flaky } = report.stats;
		const failed = unexpected + flaky + report.errors.length;
		return {
			passed: expected,
			failed: failed === 0 && !passed ? 1 : failed,
			skipped: report.suites.flatMap(skippedIn)
		};
	}
};

function readReport<T>(file: string): T | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return null;
	}
}

const steps: Step[] = [
	check('format', 'formatting', bin('prettier'), ['--check', '.', '--log-level=warn']),
	check('generate', 'generated types', bin('svelte-kit'), ['sync']),
	check('lint', 'lint', bin('eslint'), ['.']),
	check('types', 'types of everything but the service worker', bin('svelte-check'), [
		'--tsconfig',
		'./tsconfig.json',
		'--fail-on-warnings'
	]),
	check('types-worker', 'types of the service worker', bin('tsc'), ['-p', 'src/service-worker']),
	vitest('unit', 'unit', 'Europe/London'),
	vitest('unit-auckland', 'unit', 'Pacific/Auckland'),
	vitest('sync', 'sync', 'Europe/London'),
	check('build', 'build', bin('vite'), ['build', '--logLevel=warn']),
	vitest('faults', 'faults', 'Europe/London', {
		what: 'the real server, killed, cut off and without power',
		needs: ['build'],
		// servers and what watches them are more than a small machine's two cores already
		args: ['--no-file-parallelism']
	}),
	e2e
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
	console.error(
		`There is no step ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}.`
	);
	process.exit(2);
}

mkdirSync(results, { recursive: true });
const total: Count = { passed: 0, failed: 0, skipped: [] };
const failedSteps: string[] = [];
for (const step of steps) {
	if (wanted.length > 0 && !wanted.includes(step.name)) continue;
	const blocked = step.needs?.find((name) => failedSteps.includes(name));
	const began = performance.now();
	console.log(`\n▶ ${step.what}`);
	let count: Count;
	if (blocked !== undefined) {
		console.log(`  not run: ${blocked} failed`);
		count = { passed: 0, failed: 1, skipped: [] };
	} else {
		try {
			count = step.run();
		} catch (error) {
			console.error(error instanceof Error ? error.message : error);
			count = { passed: 0, failed: 1, skipped: [] };
		}
	}
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(
		`${count.failed === 0 ? '✓' : '✗'} ${step.name}: ${count.passed} good, ${count.failed} bad, ${count.skipped.length} not run (${seconds} s)`
	);
	if (count.failed > 0) failedSteps.push(step.name);
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped.push(...count.skipped);
}

const skipped = [...new Set(total.skipped)];
if (skipped.length > 0) {
	console.log('\nNot run:');
	for (const name of skipped) console.log(`  ${name}`);
	if (process.env['SAMPLES_DIR'] === undefined)
		console.log('  (tests on real submissions need SAMPLES_DIR, a folder holding odp/ and mhclg/)');
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
