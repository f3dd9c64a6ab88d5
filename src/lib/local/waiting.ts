import type { Device } from './device.ts';
import { lateTroubles } from './late-work.ts';
import { isOpenFor, openRecords, unsentIn } from './shown-case.ts';

/** What waits on this device, counted from its tables. */
export interface Waiting {
	/** things not received: a photograph counts once, with its words and its bytes */
	count: number;
	/** milliseconds since 1970: when the oldest of them was made */
	oldest: number | null;
	/** refused, quarantined, damaged, in conflict, or arrived after a case had ended: waits for this officer */
	needsMe: number;
	/** commands that have not been answered */
	unanswered: number;
	/** captured bytes whose words have been received: they can be sent */
	bytesReady: number;
	/** original photographs received, of all that this device still keeps */
	photos: { received: number; of: number };
	/** numbers of the commands that have not been answered, and photographs whose bytes were not received */
	numbers: number[];
	pictures: string[];
}

export async function waitingOn(device: Device): Promise<Waiting> {
	const { db } = device;
	const [open, uploads, ofBytes, conflicts] = await device.run(() =>
		db.transaction('r', [db.outbox, db.uploads, db.records], async () => {
			const uploads = await db.uploads.toArray();
			const late = uploads.filter((row) => row.state === 'waiting').map((row) => row.commandId);
			return Promise.all([
				db.outbox.where('state').anyOf('queued', 'answered', 'trouble').toArray(),
				Promise.resolve(uploads),
				db.outbox.bulkGet([...new Set(late)]),
				db.records.where({ kind: 'conflict' }).toArray()
			]);
		})
	);
	const waiting = uploads.filter((row) => row.state === 'waiting');
	const queued = open.filter((row) => row.state === 'queued' && row.arrived === 0);
	const wordless = new Set(queued.map((row) => row.id));
	const madeAt = [...queued, ...ofBytes].map((row) => row?.madeAt ?? Infinity);
	const inConflict = (await openRecords(device, conflicts)).filter(
		(one) => one.kind === 'conflict' && isOpenFor(one.record, device.officer.id)
	);
	const originals = uploads.filter((row) => row.of === 'original');
	return {
		count: unsentIn(null, open, waiting),
		oldest: madeAt.length === 0 ? null : Math.min(...madeAt),
		needsMe:
			open.filter((row) => row.state === 'trouble').length +
			new Set(uploads.filter((row) => row.damaged === 'needs-me').map((row) => row.commandId))
				.size +
			inConflict.length +
			(await lateTroubles(device)).length,
		unanswered: open.filter((row) => row.state === 'queued').length,
		bytesReady: waiting.filter((row) => !wordless.has(row.commandId)).length,
		photos: {
			received: originals.filter((row) => row.state === 'received').length,
			of: originals.length
		},
		numbers: open.filter((row) => row.state === 'queued').map((row) => row.deviceSeq),
		pictures: originals.filter((row) => row.state === 'waiting').map((row) => row.id)
	};
}
