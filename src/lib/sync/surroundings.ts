import type { Transport } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { listenForNews, type ListenForNews } from './nudges.ts';
import { tabsOf, type Tabs } from './tabs.ts';
import { createTransport, registerClient } from './transport.ts';

/** What the carrier needs of the page around it. */
export interface Surroundings {
	transport: Transport;
	/** this device's letter for photo numbers; null when the register cannot say */
	letter(): Promise<string | null>;
	locks: Pick<LockManager, 'request'>;
	tabs(): Tabs;
	nudges: ListenForNews;
	/** dispatches `online`, `focus`, `pagehide`, `freeze`, `resume`; null where there is no page */
	page: EventTarget | null;
	hidden: () => boolean;
	chance: () => number;
}

/** The real page, and the register it came from. */
export function surroundingsOf(device: Device): Surroundings {
	const client = registerClient();
	return {
		transport: createTransport(device, client),
		letter: async () =>
			(await client.sync.registerDevice.mutate({ device: device.deviceId })).letter,
		locks: navigator.locks,
		tabs: () => tabsOf(device.officer.id),
		nudges: listenForNews,
		page: window,
		hidden: () => document.visibilityState === 'hidden',
		chance: Math.random
	};
}
