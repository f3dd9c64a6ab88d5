/// <reference types="@sveltejs/kit" />
import { build, files, prerendered, version } from '$service-worker';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { askWindows } from './ask-windows.ts';
import { aboutKeys } from './held-key.ts';
import { onlyOurs } from './only-ours.ts';

/*
 * Keeps the application's own files, so that it starts with no signal at any address, visited
 * before or not. It knows no planning words and never keeps an answer that needed a sign-in:
 * what it serves is the build, the same for everybody.
 */

declare const self: ServiceWorkerGlobalScope;

/** One cache for each version: a version that is being fetched and one that is in use never touch. */
const prefix = 'bops-application-';
const shell = '/shell';

const controller = new PrecacheController({
	cacheName: prefix + version,
	plugins: [onlyOurs({ shell, entries: build.filter((url) => url.includes('/entry/')) })]
});
controller.addToCacheList([
	...build.map((url) => ({ url, revision: null })), // a hash in the name is its revision
	...[...files, ...prerendered].map((url) => ({ url, revision: version }))
]);

registerRoute(
	new PrecacheRoute(controller, {
		directoryIndex: '',
		cleanURLs: false,
		ignoreURLParametersMatching: []
	})
);

// every other address opens the one shell page, and the application finds its screen there
registerRoute(
	new NavigationRoute(controller.createHandlerBoundToURL(shell), {
		denylist: [/^\/(api|tiles|health|metrics)(\/|$)/]
	})
);

// a window of the build before this one may still ask for parts it has not needed until now
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
	async ({ request }) => (await caches.match(request)) ?? fetch(request)
);

// rejects as a whole when any file fails, and the version before goes on working
self.addEventListener('install', (event) => {
	event.waitUntil(reuse().then(() => controller.install(event)));
});

/** What an earlier version has already fetched under the same hash is not fetched again. */
async function reuse(): Promise<void> {
	const own = await caches.open(prefix + version);
	for (const url of build) {
		const held = await caches.match(url);
		if (held !== undefined) await own.put(url, held);
	}
}

self.addEventListener('activate', (event) => {
	event.waitUntil(takeOver());
});

async function takeOver(): Promise<void> {
	const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	const controlled = await self.clients.matchAll({ type: 'window' });
	// after the very first visit the page is served from here at once, without a reload
	if (windows.length > 0 && controlled.length === 0) await self.clients.claim();
	await tidy();
}

/** Drops earlier versions as soon as no window runs one; a window that does not answer may. */
async function tidy(): Promise<void> {
	const names = await caches.keys();
	const others = names.filter((name) => name.startsWith(prefix) && name !== prefix + version);
	if (others.length === 0) return;
	const answers = await askWindows(self.clients);
	if (answers.some((answer) => answer?.build !== version)) return;
	// asked last: what begins to install after the names were read is not among them
	if (self.registration.installing !== null || self.registration.waiting !== null) return;
	await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener('message', (event) => {
	const message = event.data as { type?: string } | null;
	aboutKeys(message, event.ports[0]);
	if (message?.type === 'OPENED') event.waitUntil(tidy());
	if (message?.type === 'UPDATE') event.waitUntil(update(event.ports[0]));
});

/**
 * Chromium lets a new worker wait for minutes when the old one was handing out files at the very
 * moment of asking, so a screen that has just been opened is given time to load, milliseconds.
 */
const breath = 2_000;

/**
 * The officer tapped "Update now" in one window. Every other window is asked first, because all
 * of them change build together; one with a visit open says why not, and nothing happens.
 */
async function update(asker: MessagePort | undefined): Promise<void> {
	const answers = await askWindows(self.clients);
	const whyNot = answers.find((answer) => typeof answer?.whyNotNow === 'string')?.whyNotNow ?? null;
	asker?.postMessage({ whyNot });
	if (whyNot !== null) return;
	await new Promise((resolve) => setTimeout(resolve, breath));
	await self.skipWaiting();
}
