import { wireVersion, type Envelope } from '#lib/commands/envelope.ts';
import { commands } from '#lib/commands/index.ts';
import { preparedOnce } from './prepared-once.ts';
import type { RegisterParts } from './register-parts.ts';

/** A command the register makes itself, or performs for an officer it vouches for. */
export interface Made {
	name: string;
	caseId: string;
	payload: unknown;
	/** when it was done, an instant; now when left out */
	wall?: string;
	id?: string;
	/** an officer's device; the register's own when left out */
	device?: string;
	/** one bulk act, many cases */
	batch?: string;
}

/** The envelope of a command made here; call it inside the transaction that performs it. */
export function envelopeOf(parts: RegisterParts, actor: string, made: Made): Envelope {
	const command = commands.get(made.name);
	const payload = command?.payload.safeParse(made.payload);
	return {
		v: wireVersion,
		id: made.id ?? parts.newId(),
		name: made.name,
		caseId: made.caseId,
		payload: made.payload as Envelope['payload'],
		actor,
		device: made.device ?? ownDevice(parts),
		deviceSeq: parts.counters.raise(`device:${made.device ?? ''}`),
		captured: { wall: made.wall ?? parts.now(), monotonic: 0, serverOffset: 0 },
		batch: made.batch ?? null,
		blobs: payload?.success === true ? (command?.blobs?.(payload.data) ?? []) : []
	};
}

const readOwnDevice = preparedOnce(({ sqlite }) =>
	sqlite.prepare<[], string>(`select value from meta where name = 'device'`).pluck()
);

/** The id under which the register is the author's device; made when first needed. */
function ownDevice(parts: RegisterParts): string {
	const known = readOwnDevice(parts.connection).get();
	if (known !== undefined) return known;
	const made = parts.newId();
	parts.connection.sqlite.prepare(`insert into meta (name, value) values ('device', ?)`).run(made);
	return made;
}
