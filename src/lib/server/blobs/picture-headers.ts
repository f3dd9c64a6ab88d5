import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface PictureHeader {
	/** pixels */
	width: number | null;
	height: number | null;
	/** why the header gives no size, in words */
	problem: string | null;
}

interface Waiting {
	file: string;
	answer: (header: PictureHeader) => void;
}

const unread = (problem: string): PictureHeader => ({ width: null, height: null, problem });

/**
 * Reads the headers of pictures that strangers sent, outside the request thread:
 * one at a time, in a worker with little memory and little time. A worker that dies
 * or takes too long costs that one picture its size, and nothing else.
 */
export class PictureHeaders {
	readonly #patience: number;
	readonly #queue: Waiting[] = [];
	#worker: Worker | null = null;
	#current: Waiting | null = null;
	#timer: NodeJS.Timeout | undefined;

	/** @param patience milliseconds for one picture */
	constructor(patience = 5_000) {
		this.#patience = patience;
	}

	read(file: string): Promise<PictureHeader> {
		return new Promise((answer) => {
			this.#queue.push({ file, answer });
			this.#next();
		});
	}

	async close(): Promise<void> {
		const worker = this.#worker;
		this.#worker = null;
		await worker?.terminate();
	}

	#next(): void {
		if (this.#current !== null) return;
		const next = this.#queue.shift();
		if (next === undefined) {
			// an idle worker keeps no process alive
			this.#worker?.unref();
			return;
		}
		this.#current = next;
		this.#worker ??= this.#start();
		this.#worker.ref();
		this.#timer = setTimeout(
			() => this.#giveUp('The picture took too long to read.'),
			this.#patience
		);
		this.#worker.postMessage(next.file);
	}

	#start(): Worker {
		// by its path in the checkout: the same whether this code runs bundled or as it is
		const worker = new Worker(resolve('src/lib/server/blobs/picture-header-worker.ts'), {
			resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 }
		});
		worker.on('message', (header: PictureHeader) => {
			if (this.#worker === worker) this.#settle(header);
		});
		worker.on('error', (error: Error) => {
			if (this.#worker === worker) this.#giveUp(`The picture could not be read: ${error.message}.`);
		});
		return worker;
	}

	#giveUp(problem: string): void {
		void this.#worker?.terminate();
		this.#worker = null;
		this.#settle(unread(problem));
	}

	#settle(header: PictureHeader): void {
		clearTimeout(this.#timer);
		const current = this.#current;
		this.#current = null;
		current?.answer(header);
		this.#next();
	}
}
