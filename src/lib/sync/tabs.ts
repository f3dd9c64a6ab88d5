import type { CarryingState } from './status-words.ts';

/** What the tabs of one officer's browser tell each other. */
export type Told =
	{ is: 'state'; state: CarryingState } | { is: 'asked' } | { is: 'now' } | { is: 'done' };

/** The tabs of one officer on this browser. */
export interface Tabs {
	tell(told: Told): void;
	listen(listener: (told: Told) => void): void;
	close(): void;
}

export function tabsOf(officerId: string): Tabs {
	const channel = new BroadcastChannel(`bops-carry-${officerId}`);
	return {
		tell: (told) => channel.postMessage(told),
		listen: (listener) => {
			channel.onmessage = ({ data }: MessageEvent<Told>) => listener(data);
		},
		close: () => channel.close()
	};
}
