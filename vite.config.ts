import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/**
 * What every start needs, in two files: each file costs a turn of the service worker, and the
 * bundler by itself makes forty of them. What only some screens need stays apart.
 */
const startsWith = {
	groups: [
		{
			name: 'libraries',
			test: /node_modules\/(svelte|@sveltejs|esm-env|clsx|devalue|dexie|zod|uuid|@trpc|workbox-window)\//,
			priority: 2
		},
		{
			name: 'start',
			test: /src\/(lib\/(domain|commands|local|sync|ui)|routes\/(shell|my-work)|routes\/[\w-]+(\.svelte)?\.ts)/,
			priority: 1
		}
	]
};

export default defineConfig(({ isSsrBuild = false }) => ({
	plugins: [sveltekit()],
	build: {
		chunkSizeWarningLimit: 1300,
		rolldownOptions: {
			checks: { pluginTimings: false },
			...(isSsrBuild ? {} : { output: { codeSplitting: startsWith } })
		}
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
}));
