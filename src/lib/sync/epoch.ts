import { journal, type Device } from '#lib/local/device.ts';
import type { DeviceDatabase } from '#lib/local/tables.ts';

/**
 * The register was restored: it tells another history than the one this device knew, and may
 * have lost what it once received. Everything this device still keeps is sent again, each with
 * the receipt that proves it was accepted; what the register has not lost, it answers as before (S18).
 *
 * @param told the epoch this device named, and the one the register answered with: the same one
 *   when the register was restored without noticing
 */
export async function beginAgain(
	device: Device,
	told: { sent: string | undefined; now: string }
): Promise<void> {
	const { db } = device;
	const round = device.newId();
	const begun = await device.run(() =>
		db.transaction('rw', [db.outbox, db.uploads, db.sync], async () => {
			// another tab has been here already
			if ((await device.get('epoch')) !== told.sent) return false;
			await sendAgain(db, null);
			await device.put('epoch', told.now);
			await device.put('cursor', { epoch: null, seq: 0, bootstrap: null });
			await device.put('round', round);
			await device.put('archivedSeq', 0);
			return true;
		})
	);
	if (begun) await journal(device, 'new epoch', told.now);
}

/**
 * Queues what was answered in another epoch than this one, inside a transaction on outbox and uploads.
 * What was refused is not sent again: its author was told that it was not done.
 */
export async function sendAgain(db: DeviceDatabase, epoch: string | null): Promise<void> {
	await db.outbox
		.where('state')
		.anyOf('answered', 'done', 'trouble')
		.filter((row) => row.outcome !== 'refused' && (epoch === null || row.epoch !== epoch))
		.modify((row) => {
			// its effect is in the records on this device until the new history replaces them
			row.arrived = row.state === 'done' && row.dismissed === 0 ? 1 : 0;
			row.state = 'queued';
			row.archived = 0;
			delete row.archivedAt;
			// taken again, if the new history has lost it
			delete row.decision;
			delete row.decided;
		});
	await db.uploads
		.where({ state: 'received' })
		.filter((row) => epoch === null || row.epoch !== epoch)
		.modify((row) => {
			row.state = 'waiting';
			row.url = null;
			row.archived = 0;
			delete row.archivedAt;
		});
}
