import { dev, version } from '$app/environment';
import { messageSW, Workbox } from 'workbox-window';

/** Milliseconds between looks for a new version while the application stays open. */
const lookEvery = 30 * 60_000;

export interface Updates {
	/** Changes to the new version and reloads; or says why not now, and nothing has changed. */
	apply(): Promise<string | null>;
	/** Reloads a window that could not be reloaded when another one updated. Call it when the screen changes. */
	settle(): void;
	stop(): void;
}

/**
 * Registers the service worker, which keeps the application for use without a signal.
 *
 * @param options.whyNotNow why this window may not be reloaded now, as a sentence; null when it may
 * @param options.onReady a new version has been downloaded and waits
 */
export function registerServiceWorker(options: {
	whyNotNow: () => string | null;
	onReady: () => void;
}): Updates {
	if (dev || !('serviceWorker' in navigator))
		return { apply: () => Promise.resolve(null), settle: () => undefined, stop: () => undefined };

	const container = navigator.serviceWorker;
	const stopping = new AbortController();
	const { signal } = stopping;

	let controlled = container.controller !== null;
	let reloadDue = false;
	const settle = () => {
		if (reloadDue && options.whyNotNow() === null) location.reload();
	};
	container.addEventListener(
		'controllerchange',
		() => {
			reloadDue = controlled;
			controlled = true;
			settle();
		},
		{ signal }
	);
	container.addEventListener(
		'message',
		({ data, ports }: MessageEvent<{ type?: string } | null>) => {
			if (data?.type === 'WHAT_ARE_YOU_DOING')
				ports[0]?.postMessage({ build: version, whyNotNow: options.whyNotNow() });
		},
		{ signal }
	);
	container.startMessages();

	const workbox = new Workbox('/service-worker.js');
	workbox.addEventListener('waiting', options.onReady);
	const registering = workbox.register();
	registering
		.then((registration) => registration?.active?.postMessage({ type: 'OPENED' }))
		.catch(() => undefined); // no signal, or somebody else's page in the way: the old build goes on

	let looked = Date.now();
	const look = () => {
		if (!navigator.onLine || document.visibilityState !== 'visible') return;
		if (Date.now() - looked < lookEvery) return;
		looked = Date.now();
		workbox.update().catch(() => undefined);
	};
	document.addEventListener('visibilitychange', look, { signal });
	window.addEventListener('online', look, { signal });
	const timer = setInterval(look, lookEvery);
	signal.addEventListener('abort', () => clearInterval(timer));

	return {
		async apply() {
			const waiting = (await registering)?.waiting;
			if (!waiting) return null;
			const { whyNot } = (await messageSW(waiting, { type: 'UPDATE' })) as {
				whyNot: string | null;
			};
			return whyNot;
		},
		settle,
		stop: () => stopping.abort()
	};
}
