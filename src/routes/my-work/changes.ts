import type { Device } from '#lib/local/device.ts';
import { openRecords } from '#lib/local/shown-case.ts';

/**
 * How many things others did to each case after `upTo(caseId)`, the register's sequence
 * number up to which this officer has seen it. What the register itself notes is no news.
 */
export async function changesByOthers(
	device: Device,
	upTo: (caseId: string) => number
): Promise<ReadonlyMap<string, number>> {
	const events = await device.run(() => device.db.records.where({ kind: 'event' }).toArray());
	const rows = events.filter((row) => row.seq > upTo(row.caseId));
	const counts = new Map<string, number>();
	for (const one of await openRecords(device, rows)) {
		if (one.kind !== 'event') continue;
		const { by, caseId } = one.record;
		if (by === device.officer.id || by === 'system') continue;
		counts.set(caseId, (counts.get(caseId) ?? 0) + 1);
	}
	return counts;
}
