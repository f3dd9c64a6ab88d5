import { wireVersion, type Envelope } from '#lib/commands/envelope.ts';
import type { Run } from '#lib/commands/protocol.ts';
import type { Device } from './device.ts';

/**
 * Envelopes for acts that only the register may do, such as giving out cases: made and
 * numbered as all others of this device, but sent at once and never kept in the outbox.
 * Whoever gets no answer sends the same envelopes again; the register does each once.
 */
export async function onlineEnvelopes<Name extends string>(
	device: Device,
	acts: readonly { name: Name; caseId: string; payload: Envelope['payload'] }[],
	batch: string | null
): Promise<(Envelope & { name: Name })[]> {
	const clock = await device.remembered('clock');
	const first = await device.run(() =>
		device.db.transaction('rw', device.db.sync, async () => {
			const counter = (await device.get('counter')) ?? 0;
			await device.put('counter', counter + acts.length);
			// so that a number of these that never arrives is not taken for lost work
			const online = (await device.get('online')) ?? [];
			await device.put('online', withRun(online, [counter + 1, counter + acts.length]));
			return counter + 1;
		})
	);
	return acts.map((act, n) => ({
		v: wireVersion,
		id: device.newId(),
		...act,
		actor: device.officer.id,
		device: device.deviceId,
		deviceSeq: first + n,
		captured: {
			wall: device.clock().toISOString(),
			monotonic: device.monotonic(),
			serverOffset: clock?.offset ?? null
		},
		batch,
		blobs: []
	}));
}

/** Runs kept of the numbers that online acts took; older ones have long been told. */
const runsKept = 50;

/** The runs with one more at their end, joined to the last where they meet. */
function withRun(runs: readonly Run[], [from, to]: Run): Run[] {
	const last = runs.at(-1);
	return last !== undefined && last[1] === from - 1
		? [...runs.slice(0, -1), [last[0], to]]
		: [...runs, [from, to] satisfies Run].slice(-runsKept);
}
