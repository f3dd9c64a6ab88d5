/** What an open window says of itself; the page's side is src/routes/register-service-worker.ts. */
export interface WindowAnswer {
	/** the build it runs */
	build: string;
	/** why it may not be reloaded now, as a sentence; null when it may */
	whyNotNow: string | null;
}

/** Milliseconds a window has to answer; a frozen one never does. */
const patience = 2_000;

const ask = (client: Client): Promise<WindowAnswer | null> =>
	new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		const timer = setTimeout(() => resolve(null), patience);
		port1.onmessage = ({ data }) => {
			clearTimeout(timer);
			resolve(data as WindowAnswer);
		};
		client.postMessage({ type: 'WHAT_ARE_YOU_DOING' }, [port2]);
	});

/** Asks every open window of this origin; null for one that did not answer in time. */
export async function askWindows(clients: Clients): Promise<(WindowAnswer | null)[]> {
	const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
	return Promise.all(windows.map(ask));
}
