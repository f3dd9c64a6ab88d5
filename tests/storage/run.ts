/**
 * `npm run test:storage [-- firefox webkit]`: the application's storage in Chromium, Firefox and
 * WebKit, which is killed after saving; then started again, and left without a server. A browser that is not on
 * the machine, and cannot be installed, is named and left out.
 */
import { join } from 'node:path';
import { Field } from '../faults/field.ts';
import { report } from '../reliability/report.ts';
import { browsers, installBrowsers, type Browser } from './browsers.ts';
import type { Check, Report } from './report.ts';
import { Site } from './site.ts';

/** Milliseconds that a browser has for one visit. */
const patience = 120_000;

const asked = process.argv.slice(2).map((name) => name.toLowerCase());
installBrowsers();
const field = await Field.with(1);
let failed = false;
try {
	await field.server.start();
	for (const browser of browsers()) {
		if (asked.length > 0 && !asked.includes(browser.name.toLowerCase())) continue;
		if (browser.version === null) {
			console.log(`· ${browser.name} is not on this machine and could not be installed.`);
			continue;
		}
		const checks = await put(browser);
		for (const { name, passed, detail } of checks)
			console.log(`${passed ? '✓' : '✗'} ${browser.name}: ${name}${detail && `: ${detail}`}`);
		failed ||= !tell(browser, checks);
	}
} finally {
	await field.close();
}
process.exitCode = failed ? 1 : 0;

/** Through the suite: saved, killed, looked for. */
async function put(browser: Browser): Promise<Check[]> {
	const site = await Site.before(field.server.port);
	const profile = join(field.folder, `profile-${browser.name}`);
	try {
		const saved = await visit(browser, site, profile, 'save');
		const found = await visit(browser, site, profile, 'look');
		return [...saved, ...found];
	} finally {
		site.close();
	}
}

async function visit(
	browser: Browser,
	site: Site,
	profile: string,
	phase: Report['phase']
): Promise<Check[]> {
	const heard = site.report();
	const opened = browser.open(profile, site.address(phase));
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<null>((resolve) => {
		timer = setTimeout(() => resolve(null), patience);
	});
	try {
		const said = await Promise.race([heard, silence]);
		const nothing = { name: `${phase}: the browser said nothing`, guarantee: null, detail: '' };
		return said === null ? [{ ...nothing, passed: false }] : said.checks;
	} finally {
		clearTimeout(timer);
		await opened.kill();
	}
}

/** Leaves the counts for the record. @returns whether all is well */
function tell({ name, version }: Browser, checks: readonly Check[]): boolean {
	const good = checks.filter(({ passed }) => passed).length;
	report({
		guarantee: null,
		name: `storage-${name.toLowerCase()}`,
		seed: null,
		counts: { checks: checks.length, passed: good },
		passed: good === checks.length,
		browser: { name, version: version ?? '', guarantees: guaranteesOf(checks) }
	});
	return good === checks.length;
}

/** Those of which every check passed. */
function guaranteesOf(checks: readonly Check[]): number[] {
	const numbers = new Set(checks.flatMap(({ guarantee }) => guarantee ?? []));
	return [...numbers].filter((number) =>
		checks.every(({ guarantee, passed }) => guarantee !== number || passed)
	);
}
