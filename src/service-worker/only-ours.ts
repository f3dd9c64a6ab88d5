import type { WorkboxPlugin } from 'workbox-core';

/** The content type a file of the build must have, by its ending. */
const types: [RegExp, RegExp][] = [
	[/\.m?js$/, /javascript/],
	[/\.css$/, /^text\/css/],
	[/\.wasm$/, /^application\/wasm/],
	[/\.(webmanifest|json)$/, /json/],
	[/\.(png|svg|webp|jpg)$/, /^image\//]
];

/**
 * A hotel's or library's sign-in page answers 200 to everything. Kept in place of the shell it
 * would lock the officer out of the device's copy, so each file has to look like what it is, and
 * the shell has to start this very build.
 */
export const onlyOurs = (build: { shell: string; entries: string[] }): WorkboxPlugin => ({
	async cacheWillUpdate({ request, response }) {
		if (response.status !== 200 || response.redirected || response.type !== 'basic') return null;
		const { pathname } = new URL(request.url);
		const contentType = response.headers.get('content-type') ?? '';
		if (pathname === build.shell) {
			const page = await response.clone().text();
			return build.entries.some((entry) => page.includes(entry)) ? response : null;
		}
		const expected = types.find(([ending]) => ending.test(pathname))?.[1];
		if (expected === undefined) return /^text\/html/.test(contentType) ? null : response;
		return expected.test(contentType) ? response : null;
	}
});
