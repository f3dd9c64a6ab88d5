import type { Transport } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { letGoLeaving, releaseAll } from '#lib/local/release.ts';
import { pull, readUnknown, type Pulled } from './pull.ts';
import { Pusher } from './push.ts';
import { Uploader, type Uploading } from './upload.ts';

const hour = 60 * 60 * 1000;

/** What carrying consists of, without the question of when. */
export class Round {
	readonly #device: Device;
	readonly #transport: Transport;
	readonly pusher: Pusher;
	readonly uploader: Uploader;
	#upgraded = false;
	#releasedAt = 0;

	constructor(device: Device, transport: Transport) {
		this.#device = device;
		this.#transport = transport;
		this.pusher = new Pusher(device, transport);
		this.uploader = new Uploader(device, transport);
	}

	/** Words both ways: everything queued up, everything new down. */
	async words(onPage?: () => Promise<void>): Promise<Pulled> {
		if (!this.#upgraded) {
			await readUnknown(this.#device);
			this.#upgraded = true;
		}
		await this.pusher.all();
		const pulled = await pull(this.#device, this.#transport, onPage);
		await letGoLeaving(this.#device);
		await this.#release();
		return pulled;
	}

	/** Captured bytes, after their words. */
	async bytes(progress?: (now: Uploading | null) => void, signal?: AbortSignal): Promise<number> {
		const received = await this.uploader.all(progress, signal);
		if (received > 0) await letGoLeaving(this.#device);
		return received;
	}

	/** An officer asked for everything to be tried now. */
	tryAll(): void {
		this.pusher.tryAll();
		this.uploader.tryAll();
	}

	async #release(): Promise<void> {
		const now = this.#device.clock().getTime();
		if (Math.abs(now - this.#releasedAt) < hour) return;
		this.#releasedAt = now;
		await releaseAll(this.#device);
	}
}
