import {
	envelope as envelopeSchema,
	type Answer,
	type Envelope,
	type Outcome
} from '#lib/commands/envelope.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { answerOf, logAnswer, type Arrival } from './command-log.ts';
import { withReference } from './file-new-case.ts';
import { judgeCommand } from './judge-command.ts';
import { retryWaiting } from './quarantine.ts';
import { isTroubleOfTheMachine } from './open-register.ts';
import { canonicalJson, sha256Hex } from './receipt.ts';
import type { RegisterParts } from './register-parts.ts';
import { setAside } from './set-aside.ts';
import { upcastEnvelope } from './upcast.ts';
import { openFile, RecordOfAnotherCase, writeChanges, type OpenFiles } from './write-changes.ts';

/** Who stands behind a command beside its author. */
export interface Backing {
	/** the signed-in officer who sent it; null when the register itself makes it */
	sender: Officer | null;
	/** the author is known to have been allowed: permission is not asked again */
	vouchedFor: boolean;
	/** what the device says the register once answered */
	receipt: string | null;
	/** why a person decides on it, whatever the rules say; only what was accepted once goes past */
	held?: Refusal | null;
}

/** An envelope as it travels: anything with an id, judged alone, so that one bad one harms no other. */
export type SentEnvelope = Record<string, unknown> & { id: string };

export function arrivalOf(sent: SentEnvelope): Arrival {
	const text = canonicalJson(sent);
	return { id: sent.id, raw: sent, text, payloadHash: sha256Hex(text), originalSeq: null };
}

/** Performs one command for keeps, inside a transaction that the caller holds (ARCHITECTURE 5). */
export function performCommand(
	parts: RegisterParts,
	sent: SentEnvelope,
	backing: Backing,
	files: OpenFiles
): Answer {
	const arrival = arrivalOf(sent);
	const sentBy = backing.sender?.id ?? 'system';
	const aside = (refusal: Refusal) => setAside(parts, arrival, sentBy, refusal);
	const earlier = parts.commandLog.get(sent.id);
	if (earlier?.payloadHash === arrival.payloadHash) return answerOf(earlier);
	if (earlier !== undefined) return aside(refuse('id-used-twice'));

	const read = envelopeSchema.safeParse(upcastEnvelope(sent));
	if (!read.success) {
		const issue = read.error.issues[0];
		return aside(
			refuse('payload-not-understood', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`)
		);
	}
	const stranger = admit(parts, read.data, backing.sender);
	if (stranger !== null) return aside(stranger);
	arrival.originalSeq = placeInLostHistory(parts, arrival, read.data.actor, backing.receipt);
	const { held = null } = backing;
	if (held !== null && arrival.originalSeq === null) return aside(held);
	try {
		// a savepoint: a fault rolls back this command and no other
		return parts.connection.sqlite.transaction(() =>
			performOnFile(parts, read.data, arrival, backing, files)
		)();
	} catch (problem) {
		// what was written to the file has been rolled back: the next command reads it again
		files.delete(read.data.caseId);
		if (isTroubleOfTheMachine(problem)) throw problem;
		return aside(
			problem instanceof RecordOfAnotherCase
				? refuse('id-used-twice')
				: refuse('payload-not-understood', `The register failed on it (${String(problem)}).`)
		);
	}
}

function performOnFile(
	parts: RegisterParts,
	envelope: Envelope,
	arrival: Arrival,
	backing: Backing,
	files: OpenFiles
): Answer {
	const sentBy = backing.sender?.id ?? 'system';
	const file = openFile(parts, files, envelope.caseId);
	const result = judgeCommand(parts, file, envelope, {
		vouchedFor: backing.vouchedFor,
		originalSeq: arrival.originalSeq
	});
	const keep = (changes: readonly TypedRecord[], outcome: Outcome) => {
		const step = parts.changes.step(arrival.id);
		const after = writeChanges(parts, file, withReference(parts, file, changes), step);
		const answer = logAnswer(parts, arrival, step.seq, { outcome, code: null, detail: null });
		files.set(envelope.caseId, after);
		if (arrival.originalSeq !== null) retryWaiting(parts, envelope.caseId, files);
		return answer;
	};
	if ('superseded' in result) return keep(result.superseded, 'superseded');
	if ('quarantine' in result) return setAside(parts, arrival, sentBy, result.quarantine);
	if (isRefusal(result))
		// accepted once, so never refused now: what it rests on may still be on its way
		return arrival.originalSeq === null
			? logAnswer(parts, arrival, parts.changes.step(arrival.id).seq, {
					outcome: 'refused',
					code: result.refused,
					detail: result.detail ?? null
				})
			: setAside(parts, arrival, sentBy, result);
	if (result.command.sort === 'capture' && result.changes.length === 0)
		return setAside(parts, arrival, sentBy, refuse('id-used-twice'));
	return keep(result.changes, result.outcome ?? 'applied');
}

/** Null when the sender may send this envelope: their own, from a browser of theirs. */
function admit(parts: RegisterParts, sent: Envelope, sender: Officer | null): Refusal | null {
	if (sender === null) return null;
	if (sent.actor !== sender.id)
		return refuse('not-permitted', 'It was recorded by another officer than the one signed in.');
	const at = parts.now();
	const device = parts.devices.enrol(sent.device, sender, at);
	if (device === null)
		return refuse('not-permitted', 'It was recorded on a device of another officer.');
	parts.devices.arrived(device, sent.deviceSeq, at);
	return null;
}

/** A number of a lost history, when a receipt of ours says that the command was accepted there. */
function placeInLostHistory(
	parts: RegisterParts,
	{ id, payloadHash }: Arrival,
	actor: string,
	receipt: string | null
): number | null {
	if (receipt === null) return null;
	const read = parts.keys.read(receipt, { id, payloadHash, actor });
	// a receipt for "refused" or "quarantined" is ours too, but says nothing in the command's favour;
	// unless it stands for an earlier one: the command was accepted, lost and sent again before
	return read !== null && (accepted.includes(read.outcome) || read.place < read.seq)
		? read.place
		: null;
}

const accepted: readonly Outcome[] = ['applied', 'merged', 'superseded'];
