import type { CaseFile } from '#lib/commands/case-file.ts';
import type { PushAnswer } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { arrivalOf, performCommand, type SentEnvelope } from './perform-command.ts';
import type { RegisterParts } from './register-parts.ts';

/** `PushRequest` with envelopes as they travel: each is read when its turn comes. */
export interface SentPush {
	epoch: string | null;
	device: string;
	commands: readonly { envelope: SentEnvelope; receipt: string | null }[];
}

/**
 * Performs a push inside a transaction that the caller holds: one answer for each command, in order.
 * @param held why a person decides on all of it; null for what devices carry by themselves
 */
export function performPush(
	parts: RegisterParts,
	officer: Officer,
	sent: SentPush,
	held: Refusal | null = null
): PushAnswer {
	const epoch = parts.epochs.current();
	if (sent.epoch !== null && sent.epoch !== epoch) return { epochChanged: epoch };
	const lost = provenLoss(parts, epoch, sent.commands);
	if (lost !== null) {
		const reason = 'a device holds a receipt for work that is not here';
		parts.epochs.beginAfter(parts.now(), lost, reason);
		return { epochChanged: parts.epochs.current() };
	}
	const files = new Map<string, CaseFile>();
	const answers = sent.commands.map(({ envelope, receipt }) =>
		performCommand(parts, envelope, { sender: officer, vouchedFor: false, receipt, held }, files)
	);
	return { epoch, answers, serverTime: parts.now() };
}

/** The highest number that a receipt proves this council gave out in this epoch for work that is not here. */
function provenLoss(
	parts: RegisterParts,
	epoch: string,
	commands: SentPush['commands']
): number | null {
	let lost: number | null = null;
	for (const { envelope, receipt } of commands) {
		if (receipt === null) continue;
		const { id, payloadHash } = arrivalOf(envelope);
		const read = parts.keys.read(receipt, { id, payloadHash, actor: String(envelope['actor']) });
		if (read?.epoch !== epoch || parts.commandLog.get(id) !== undefined) continue;
		lost = Math.max(lost ?? 0, read.seq);
	}
	return lost;
}
