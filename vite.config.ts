import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	build: {
		chunkSizeWarningLimit: 1300,
		rolldownOptions: { checks: { pluginTimings: false } }
	},
	css: { preprocessorOptions: { scss: { quietDeps: true } } },
	test: {
		expect: { requireAssertions: true },
		// a slow machine is not a fault
		testTimeout: 120_000,
		hookTimeout: 120_000,
		projects: [
			{
				extends: './vite.config.ts',
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'tests/rules/**/*.test.ts']
				}
			},
			{
				extends: './vite.config.ts',
				test: {
					name: 'sync',
					environment: 'node',
					include: ['tests/sync/**/*.test.ts']
				}
			},
			{
				extends: './vite.config.ts',
				test: {
					// the real server in processes of its own: needs the build
					name: 'faults',
					environment: 'node',
					include: ['tests/faults/**/*.test.ts']
				}
			}
		]
	}
});
