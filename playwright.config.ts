import { defineConfig } from '@playwright/test';
import { findChromium, sandboxArgs } from './tests/browser.ts';

const executablePath = findChromium();

/**
 * Every test has a register, a server process and browsers of its own (tests/e2e/support);
 * the build is made once, by `npm test` or by hand with `npm run build`.
 */
export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	outputDir: 'test-results/e2e',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	forbidOnly: process.env['CI'] !== undefined,
	fullyParallel: false,
	// a browser, a server and a second browser are more than a small machine's two cores already
	workers: 1,
	retries: 0,
	reporter: 'list',
	use: {
		locale: 'en-GB',
		timezoneId: 'Europe/London',
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			args: sandboxArgs,
			...(executablePath === undefined ? {} : { executablePath })
		}
	}
});
