import type { Transport } from '#lib/commands/protocol.ts';
import { captureBytes, sha256Of } from '#lib/local/captures.ts';
import { journal, type Device } from '#lib/local/device.ts';
import type { UploadRow } from '#lib/local/tables.ts';
import { isOver } from './backoff.ts';
import { BytesDamaged, RegisterFault, TooLarge } from './problems.ts';

/** An upload that failed for a reason of its own waits this long; the others go on. */
const shortestPause = 15_000;
const longestPause = 30 * 60 * 1000;

/** What is on its way now. */
export interface Uploading {
	key: string;
	/** bytes */
	sent: number;
	size: number;
}

/** Bytes that could not be sent for a reason of their own, and what happens next. */
export interface HeldUp {
	key: string;
	since: number;
	until: number;
	reason: string;
}

/** Carries captured bytes: after their words, thumbnails before originals, oldest first (S8). */
export class Uploader {
	readonly #device: Device;
	readonly #transport: Transport;
	readonly #heldUp = new Map<string, HeldUp & { times: number }>();

	constructor(device: Device, transport: Transport) {
		this.#device = device;
		this.#transport = transport;
	}

	get heldUp(): HeldUp[] {
		return [...this.#heldUp.values()];
	}

	tryAll(): void {
		this.#heldUp.clear();
	}

	/**
	 * Sends what waits, one at a time, until nothing can be sent now or `signal` stops it. Returns
	 * how many were received.
	 * @throws Unreachable, SignedOut
	 */
	async all(
		progress: (now: Uploading | null) => void = () => undefined,
		signal: AbortSignal = new AbortController().signal
	): Promise<number> {
		let received = 0;
		try {
			while (!signal.aborted) {
				const row = await this.#next();
				if (row === undefined) break;
				if (await this.#send(row, progress, signal)) received++;
			}
		} finally {
			progress(null);
		}
		return received;
	}

	async #next(): Promise<UploadRow | undefined> {
		const { db } = this.#device;
		const now = this.#device.clock().getTime();
		const [waiting, unanswered] = await this.#device.run(() =>
			db.transaction('r', [db.uploads, db.outbox], () =>
				Promise.all([
					db.uploads.where({ state: 'waiting' }).toArray(),
					db.outbox
						.where({ state: 'queued' })
						.filter((row) => row.arrived === 0)
						.primaryKeys()
				])
			)
		);
		const wordless = new Set(unanswered);
		return waiting
			.filter((row) => !wordless.has(row.commandId))
			.filter(({ key }) => isOver(this.#heldUp.get(key) ?? { since: 0, until: 0 }, now))
			.sort((a, b) => rank(a) - rank(b) || a.deviceSeq - b.deviceSeq)[0];
	}

	async #send(
		row: UploadRow,
		progress: (now: Uploading) => void,
		signal: AbortSignal
	): Promise<boolean> {
		const { key, sha256, size, mime, caseId, of, id } = row;
		const bytes = await captureBytes(this.#device, key);
		if (bytes === undefined || (await sha256Of(bytes)) !== sha256) {
			await journal(this.#device, 'bytes damaged', key);
			await this.#tellAuthor(row);
			this.#holdUp(key, 'The bytes on this tablet are not the ones that were recorded.');
			return false;
		}
		progress({ key, sent: 0, size });
		try {
			const receipt = await this.#transport.upload(
				{ caseId, of, id, sha256, mime },
				bytes,
				(sent) => progress({ key, sent, size }),
				signal
			);
			if (receipt.sha256 !== sha256) throw new BytesDamaged('The receipt is for other bytes.');
			await this.#keepReceipt(key, receipt);
			this.#heldUp.delete(key);
			return true;
		} catch (error) {
			if (
				error instanceof BytesDamaged ||
				error instanceof RegisterFault ||
				error instanceof TooLarge
			) {
				this.#holdUp(key, error.message);
				return false;
			}
			throw error;
		}
	}

	async #keepReceipt(
		key: string,
		{ receipt, seq }: { receipt: string; seq: number }
	): Promise<void> {
		const { db } = this.#device;
		await this.#device.run(() =>
			db.transaction('rw', [db.uploads, db.sync], async () => {
				const cursor = await this.#device.get('cursor');
				await db.uploads.where({ key }).modify((row) => {
					row.state = 'received';
					delete row.damaged;
					row.url = null;
					row.receipt = receipt;
					row.seq = seq;
					row.epoch = cursor?.epoch ?? null;
				});
			})
		);
	}

	/** The author may be able to take it again; a photograph without its small picture is still whole. */
	async #tellAuthor({ key, of, damaged }: UploadRow): Promise<void> {
		if (of === 'thumbnail' || damaged !== undefined) return;
		const { db } = this.#device;
		await this.#device.run(() => db.uploads.update(key, { damaged: 'needs-me' }));
	}

	#holdUp(key: string, reason: string): void {
		const times = (this.#heldUp.get(key)?.times ?? 0) + 1;
		const pause = Math.min(shortestPause * 2 ** (times - 1), longestPause);
		const since = this.#device.clock().getTime();
		const until = since + pause;
		this.#heldUp.set(key, { key, since, until, reason, times });
	}
}

const rank = ({ of }: UploadRow): number => (of === 'thumbnail' ? 0 : 1);
