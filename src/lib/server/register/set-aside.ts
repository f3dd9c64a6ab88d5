import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Answer } from '#lib/commands/envelope.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { logAnswer, type Arrival } from './command-log.ts';
import type { RegisterParts } from './register-parts.ts';
import { quarantine } from './schema.ts';

/**
 * Keeps what no rule can decide, whole, for a person; the answer is `quarantined`.
 * The same thing twice is kept once.
 */
export function setAside(
	parts: RegisterParts,
	arrival: Arrival,
	sentBy: string,
	{ refused: code, detail = null }: { refused: Refusal['refused']; detail?: string | null }
): Answer {
	const { orm } = parts.connection;
	const answer = { outcome: 'quarantined' as const, code, detail };
	const said = (name: string) => (typeof arrival.raw[name] === 'string' ? arrival.raw[name] : null);
	const signed = (seq: number, epoch: string): Answer => {
		const { id, payloadHash } = arrival;
		const subject = { id, payloadHash, actor: said('actor') ?? '' };
		const place = arrival.originalSeq ?? seq;
		const receipt = parts.keys.receipt(subject, { epoch, seq, place, outcome: 'quarantined' });
		return { id, ...answer, seq, epoch, receipt };
	};
	const kept = orm
		.select()
		.from(quarantine)
		.where(and(eq(quarantine.commandId, arrival.id), eq(quarantine.envelope, arrival.text)))
		.get();
	if (kept !== undefined) return signed(kept.seq, kept.epoch);

	const { seq } = parts.changes.step(arrival.id);
	const epoch = parts.epochs.current();
	const id = randomUUID();
	const at = parts.now();
	orm
		.insert(quarantine)
		.values({
			id,
			commandId: arrival.id,
			envelope: arrival.text,
			caseId: said('caseId'),
			actor: said('actor'),
			sentBy,
			code,
			detail,
			originalSeq: arrival.originalSeq,
			seq,
			epoch,
			state: 'waiting',
			receivedAt: at
		})
		.run();
	if (parts.commandLog.get(arrival.id) === undefined) return logAnswer(parts, arrival, seq, answer);
	parts.audit.append(
		at,
		'id-used-twice',
		{ command: arrival.id, quarantine: id, seq, epoch },
		arrival.text
	);
	return signed(seq, epoch);
}
