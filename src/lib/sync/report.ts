import type { DeviceReport } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { runsOf } from '#lib/local/number-runs.ts';

/** Runs that travel; a device with more gaps than that is told of in numbers all the same. */
const most = 50;

/** What this device says of itself to those who look after devices: counts and numbers, no words. */
export async function reportOf(device: Device): Promise<DeviceReport> {
	const { db } = device;
	const [rows, files, counter, online] = await device.run(() =>
		Promise.all([
			db.outbox
				.where('state')
				.equals('queued')
				.filter((row) => row.arrived === 0)
				.toArray(),
			db.uploads.where({ state: 'waiting' }).count(),
			device.get('counter'),
			device.get('online')
		])
	);
	const oldest = rows.reduce((first, row) => Math.min(first, row.madeAt), Infinity);
	return {
		app: device.app,
		unsent: rows.length + files,
		oldestUnsent: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
		numbered: counter ?? 0,
		waiting: runsOf(rows.map((row) => row.deviceSeq)).slice(0, most),
		online: (online ?? []).slice(-most)
	};
}
