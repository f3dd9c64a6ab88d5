/*
 * The key lives in memory only. A page that is reloaded, or another window, gets it from a window
 * that is open, or from the service worker, which holds it between a page's end and its next
 * beginning and nowhere but in memory. When the browser is closed it is gone.
 */

interface HandedOver {
	type: 'KEY_IS' | 'KEY_WANTED' | 'LOCKED' | 'UNLOCKED';
	officerId: string;
	key?: CryptoKey;
}

const channelName = 'bops-key';
const lockName = (officerId: string) => `bops-unlocked-${officerId}`;
/** Milliseconds that a window or the service worker has to answer; one that is frozen never does. */
const patience = 4_000;

/** Passes the key of the officer at work between the windows of this browser. */
export class HandOver {
	readonly #channel = new BroadcastChannel(channelName);
	#held: { officerId: string; key: CryptoKey } | null = null;
	#letGo: (() => void) | null = null;
	#onLocked: (officerId: string) => void = () => undefined;
	#onUnlocked: (officerId: string) => void = () => undefined;

	constructor() {
		this.#channel.onmessage = ({ data }: MessageEvent<HandedOver>) => {
			if (data.type === 'KEY_WANTED' && data.officerId === this.#held?.officerId)
				this.#channel.postMessage({ type: 'KEY_IS', ...this.#held } satisfies HandedOver);
			if (data.type === 'LOCKED') this.#onLocked(data.officerId);
			if (data.type === 'UNLOCKED') this.#onUnlocked(data.officerId);
		};
		globalThis.addEventListener?.('pagehide', () => {
			if (this.#held !== null) worker()?.postMessage({ type: 'HOLD_KEY', ...this.#held });
		});
	}

	/** Another window has locked this officer's copy. */
	onLocked(act: (officerId: string) => void): void {
		this.#onLocked = act;
	}

	/** Another window has opened it. */
	onUnlocked(act: (officerId: string) => void): void {
		this.#onUnlocked = act;
	}

	/** This window works with the key, and gives it to others that ask. */
	hold(officerId: string, key: CryptoKey): void {
		this.#letGo?.();
		const held = { officerId, key };
		this.#held = held;
		const tell = () =>
			this.#channel.postMessage({ type: 'UNLOCKED', officerId } satisfies HandedOver);
		// told when the lock is there: who hears of it looks for the lock before asking
		const hold = () =>
			new Promise<void>((resolve) => {
				if (this.#held !== held) return resolve();
				this.#letGo = resolve;
				tell();
			});
		const having = locks()?.request(lockName(officerId), { mode: 'shared' }, hold);
		if (having === undefined) tell();
		else void having.catch(() => undefined);
	}

	/** Drops the key here; with `everywhere` in every window and in the service worker. */
	drop(officerId: string, everywhere: boolean): void {
		if (this.#held?.officerId === officerId) {
			this.#held = null;
			this.#letGo?.();
			this.#letGo = null;
		}
		if (!everywhere) return;
		worker()?.postMessage({ type: 'FORGET_KEY', officerId });
		this.#channel.postMessage({ type: 'LOCKED', officerId } satisfies HandedOver);
	}

	/** The key, when a window is open with it or this page has just been reloaded; else null. */
	async take(officerId: string): Promise<CryptoKey | null> {
		return (await fromWorker(officerId)) ?? (await this.#fromWindow(officerId));
	}

	async #fromWindow(officerId: string): Promise<CryptoKey | null> {
		const state = await locks()?.query();
		if (state?.held?.some(({ name }) => name === lockName(officerId)) !== true) return null;
		const channel = new BroadcastChannel(channelName);
		return new Promise((resolve) => {
			const end = (key: CryptoKey | null) => {
				clearTimeout(timer);
				channel.close();
				resolve(key);
			};
			const timer = setTimeout(() => end(null), patience);
			channel.onmessage = ({ data }: MessageEvent<HandedOver>) => {
				if (data.type === 'KEY_IS' && data.officerId === officerId) end(data.key ?? null);
			};
			channel.postMessage({ type: 'KEY_WANTED', officerId } satisfies HandedOver);
		});
	}
}

const worker = (): ServiceWorker | null =>
	(globalThis.navigator as Partial<Navigator>).serviceWorker?.controller ?? null;
const locks = (): LockManager | undefined => (globalThis.navigator as Partial<Navigator>).locks;

function fromWorker(officerId: string): Promise<CryptoKey | null> {
	const asked = worker();
	if (asked === null) return Promise.resolve(null);
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		const timer = setTimeout(() => resolve(null), patience);
		port1.onmessage = ({ data }: MessageEvent<CryptoKey | null>) => {
			clearTimeout(timer);
			resolve(data);
		};
		asked.postMessage({ type: 'KEY_WANTED', officerId }, [port2]);
	});
}
