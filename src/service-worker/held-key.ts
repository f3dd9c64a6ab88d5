/** Milliseconds between the end of a page and the beginning of the next one of the same officer. */
const betweenPages = 60_000;

const held = new Map<string, { key: CryptoKey; until: number }>();

interface AboutKeys {
	type?: string;
	officerId?: string;
	key?: CryptoKey;
}

/**
 * Holds the key of a page that is being reloaded, in memory only, until the next page has asked
 * or a minute has passed. The browser ends this worker soon after its last window, and the key with it.
 */
export function aboutKeys(message: AboutKeys | null, asker: MessagePort | undefined): void {
	const officerId = message?.officerId;
	if (officerId === undefined) return;
	if (message?.type === 'HOLD_KEY' && message.key !== undefined)
		held.set(officerId, { key: message.key, until: Date.now() + betweenPages });
	if (message?.type === 'FORGET_KEY') held.delete(officerId);
	if (message?.type === 'KEY_WANTED') {
		const here = held.get(officerId);
		asker?.postMessage(here !== undefined && Date.now() < here.until ? here.key : null);
	}
}
