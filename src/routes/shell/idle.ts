/** localStorage, the same for every window: minutes without a touch, and when the last one was. */
const setting = 'bops-lock-after';
const lastTouch = 'bops-last-touch';

/** Minutes that may be chosen. */
export const idleChoices = [5, 15, 30, 60] as const;
const usual = 15;
/** How often a window looks, and how often a touch is written down, milliseconds. */
const look = 10_000;

/** Minutes without a touch after which this browser locks itself. */
export function lockAfter(): number {
	const kept = Number(localStorage.getItem(setting));
	return idleChoices.find((one) => one === kept) ?? usual;
}

export const setLockAfter = (minutes: number): void =>
	localStorage.setItem(setting, String(minutes));

/** Calls back when no window of this browser has been touched for the time that is set. */
export function whenIdle(act: () => void): () => void {
	const stopping = new AbortController();
	const { signal } = stopping;
	let written = 0;
	const touched = () => {
		const now = Date.now();
		if (now - written < look) return;
		written = now;
		localStorage.setItem(lastTouch, String(now));
	};
	const check = () => {
		const since = Date.now() - Number(localStorage.getItem(lastTouch));
		if (since >= lockAfter() * 60_000) act();
	};
	touched();
	for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
		window.addEventListener(event, touched, { signal, passive: true, capture: true });
	// a tablet that slept wakes locked, before it shows anything for long
	document.addEventListener('visibilitychange', check, { signal });
	const timer = setInterval(check, look);
	return () => {
		stopping.abort();
		clearInterval(timer);
	};
}
