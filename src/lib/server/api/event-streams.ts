/** A pause at least this long between two nudges of one stream, milliseconds: at most four a second. */
const nudgePause = 250;
/** Proxies close a silent connection after a minute; a heartbeat comes well before, milliseconds. */
const heartbeat = 20_000;
/** Streams of one officer at a time: a lock holder per device, with room for pages being replaced. */
export const streamsPerOfficer = 12;

/** Chunks that may wait for a reader that does not read. */
const longestQueue = 60;

const utf8 = new TextEncoder();

/** What a stream belongs to, and how to learn that it must end. */
export interface Listener {
	council: string;
	officerId: string;
	/** asked at every heartbeat: false once the session has ended or the officer has left */
	stillSignedIn(): boolean;
}

interface Stream extends Listener {
	send(text: string): void;
	close(): void;
	/** the head to tell when the pause is over; null when nothing happened meanwhile */
	waiting: number | null;
	pause: NodeJS.Timeout | null;
}

/**
 * The server-sent event streams of all councils. They carry a sequence number and nothing
 * else: whoever listens learns that there is news, and pulls what they may see.
 */
export class EventStreams {
	readonly #streams = new Set<Stream>();
	#beat: NodeJS.Timeout | null = null;

	count(council: string): number {
		return [...this.#streams].filter((stream) => stream.council === council).length;
	}

	/**
	 * Opens a stream that begins with the present head.
	 * An officer's oldest stream makes room when there are too many: it is the page most likely gone.
	 */
	open(listener: Listener, head: number): ReadableStream<Uint8Array> {
		const theirs = [...this.#streams].filter(
			(stream) => stream.council === listener.council && stream.officerId === listener.officerId
		);
		if (theirs.length >= streamsPerOfficer) theirs[0]?.close();
		this.#beat ??= setInterval(() => this.#heartbeat(), heartbeat).unref();

		let end = () => {};
		return new ReadableStream<Uint8Array>({
			start: (controller) => {
				const stream: Stream = {
					...listener,
					waiting: null,
					pause: null,
					send: (text) => {
						controller.enqueue(utf8.encode(text));
						// nobody reads at the other end: let go instead of filling the memory
						if ((controller.desiredSize ?? 0) < -longestQueue) stream.close();
					},
					close: () => {
						if (!this.#streams.has(stream)) return;
						end();
						controller.close();
					}
				};
				end = () => {
					this.#streams.delete(stream);
					if (stream.pause !== null) clearTimeout(stream.pause);
				};
				this.#streams.add(stream);
				stream.send(`retry: 5000\n\n${nudge(head)}`);
			},
			cancel: () => end()
		});
	}

	/**
	 * Tells the listeners of a council that its register has come to `head`.
	 * @param concerns whose devices have something to fetch; null means everybody's
	 */
	tell(council: string, head: number, concerns: ReadonlySet<string> | null): void {
		for (const stream of this.#streams)
			if (stream.council === council && concerns?.has(stream.officerId) !== false)
				this.#nudge(stream, head);
	}

	closeAll(): void {
		for (const stream of [...this.#streams]) stream.close();
		if (this.#beat !== null) clearInterval(this.#beat);
		this.#beat = null;
	}

	#nudge(stream: Stream, head: number): void {
		if (stream.pause !== null) {
			stream.waiting = head;
			return;
		}
		stream.send(nudge(head));
		stream.pause = setTimeout(() => {
			stream.pause = null;
			const { waiting } = stream;
			stream.waiting = null;
			if (waiting !== null) this.#nudge(stream, waiting);
		}, nudgePause);
	}

	#heartbeat(): void {
		for (const stream of [...this.#streams])
			if (stream.stillSignedIn()) stream.send(': still here\n\n');
			else {
				stream.send('event: signed-out\ndata: {}\n\n');
				stream.close();
			}
	}
}

const nudge = (head: number): string => `event: nudge\ndata: ${JSON.stringify({ seq: head })}\n\n`;
