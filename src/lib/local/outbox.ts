import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import type { Decision } from '#lib/commands/protocol.ts';
import type { Device } from './device.ts';
import type { OutboxRow } from './tables.ts';

/** What is sealed of a command: all but its place in the device's count. */
export interface OutboxBody {
	envelope: Omit<Envelope, 'deviceSeq'>;
	/** the case as the author knew it, for telling when the case itself is gone from here */
	about: { reference: string; address: string };
}

/** A command of this device, opened. */
export interface Kept {
	row: Omit<OutboxRow, 'body' | 'answer' | 'decided'>;
	envelope: Envelope;
	about: OutboxBody['about'];
	answer: Answer | null;
	/** what a person decided on it, when it had been set aside */
	decision: Decision | null;
}

const bodyName = (id: string) => `outbox/${id}`;
const answerName = (id: string) => `answer/${id}`;
const decisionName = (id: string) => `decision/${id}`;

export const sealCommand = (device: Device, body: OutboxBody): Promise<unknown> =>
	device.codec.seal(body, bodyName(body.envelope.id));

export const sealAnswer = (device: Device, answer: Answer): Promise<unknown> =>
	device.codec.seal(answer, answerName(answer.id));

export const sealDecision = (device: Device, decision: Decision): Promise<unknown> =>
	device.codec.seal(decision, decisionName(decision.command));

/** Opens outbox rows. Not inside a transaction. */
export function openCommands(device: Device, rows: readonly OutboxRow[]): Promise<Kept[]> {
	return Promise.all(
		rows.map(async ({ body, answer, decided, ...row }) => {
			const { envelope, about } = await device.open<OutboxBody>(body, bodyName(row.id), '');
			return {
				row,
				envelope: { ...envelope, deviceSeq: row.deviceSeq },
				about,
				answer:
					answer === null
						? null
						: await device.open<Answer>(answer, answerName(row.id), `${row.epoch}:${row.seq}`),
				decision:
					decided === undefined
						? null
						: await device.open<Decision>(decided, decisionName(row.id), row.decision ?? '')
			};
		})
	);
}

/** Commands whose words the screen still owes to the outbox, or that wait for their author. */
export const isPending = (row: Pick<OutboxRow, 'state' | 'arrived'>): boolean =>
	row.state === 'trouble' || (row.state !== 'done' && row.arrived === 0);
