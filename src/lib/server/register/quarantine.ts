import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import { commands } from '#lib/commands/index.ts';
import { envelope as envelopeSchema, type Envelope } from '#lib/commands/envelope.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { may } from '#lib/domain/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Step } from './change-log.ts';
import { judgeCommand } from './judge-command.ts';
import { isTroubleOfTheMachine } from './open-register.ts';
import type { RegisterParts } from './register-parts.ts';
import { quarantine } from './schema.ts';
import { upcastEnvelope } from './upcast.ts';
import { openFile, RecordOfAnotherCase, writeChanges, type OpenFiles } from './write-changes.ts';

export type Quarantined = typeof quarantine.$inferSelect;

export function listQuarantine(
	parts: RegisterParts,
	state: Quarantined['state'] | null
): Quarantined[] {
	const rows = parts.connection.orm.select().from(quarantine);
	return (state === null ? rows : rows.where(eq(quarantine.state, state)))
		.orderBy(desc(quarantine.receivedAt), asc(quarantine.id))
		.all();
}

function waiting(parts: RegisterParts, id: string, officer: Officer): Quarantined | Refusal {
	if (may(officer, 'decide-quarantine', false) !== 'yes') return refuse('not-permitted');
	const row = parts.connection.orm.select().from(quarantine).where(eq(quarantine.id, id)).get();
	if (row === undefined) return refuse('record-unknown');
	return row.state === 'waiting' ? row : refuse('already-resolved');
}

function decide(
	parts: RegisterParts,
	row: Quarantined,
	decision: { state: 'accepted' | 'declined'; by: string; reason: string | null; seq: number }
): void {
	const at = parts.now();
	const { state, by, reason, seq } = decision;
	parts.connection.orm
		.update(quarantine)
		.set({ state, decidedBy: by, decidedAt: at, reason, decidedSeq: seq })
		.where(eq(quarantine.id, row.id))
		.run();
	parts.audit.append(
		at,
		`quarantine-${state}`,
		{ quarantine: row.id, command: row.commandId, by, seq },
		reason ?? ''
	);
}

/** The decision on the case's timeline, so that the author sees what became of it. */
function tell(
	parts: RegisterParts,
	row: Quarantined,
	file: ReturnType<typeof openFile>,
	step: Step,
	decision: { type: string; by: string; reason: string | null }
): ReturnType<typeof openFile> {
	return writeChanges(
		parts,
		file,
		[
			{
				kind: 'event',
				record: {
					id: `${row.id}:decided`,
					caseId: file.caseId,
					type: decision.type,
					at: parts.now(),
					effectiveOn: null,
					by: decision.by,
					device: null,
					command: row.commandId ?? row.id,
					detail: { author: row.actor, code: row.code, reason: decision.reason },
					writers: {}
				}
			}
		],
		step
	);
}

/**
 * Performs what was set aside, on the word of the officer who accepts it; the author stays its author.
 * What cannot be performed stays waiting, and the answer says why.
 */
export function acceptQuarantined(
	parts: RegisterParts,
	id: string,
	officer: Officer
): { seq: number } | Refusal {
	const row = waiting(parts, id, officer);
	if (isRefusal(row)) return row;
	const files: OpenFiles = new Map();
	try {
		return parts.connection.sqlite.transaction(() => {
			const performed = performKept(parts, row, files);
			if (isRefusal(performed)) return performed;
			const { step, file } = performed;
			tell(parts, row, file, step, { type: 'capture-accepted', by: officer.id, reason: null });
			decide(parts, row, { state: 'accepted', by: officer.id, reason: null, seq: step.seq });
			return { seq: step.seq };
		})();
	} catch (problem) {
		if (problem instanceof RecordOfAnotherCase) return refuse('id-used-twice');
		throw problem;
	}
}

/** Says no to what was set aside. It is kept, with who said no and why. */
export function declineQuarantined(
	parts: RegisterParts,
	id: string,
	officer: Officer,
	reason: string
): { seq: number } | Refusal {
	if (reason.trim() === '') return refuse('reason-missing');
	const row = waiting(parts, id, officer);
	if (isRefusal(row)) return row;
	const step = parts.changes.step(row.commandId);
	const file = openFile(parts, new Map(), row.caseId ?? '');
	if (file.case !== undefined)
		tell(parts, row, file, step, { type: 'capture-declined', by: officer.id, reason });
	decide(parts, row, { state: 'declined', by: officer.id, reason, seq: step.seq });
	return { seq: step.seq };
}

/**
 * Work of a lost history that came back before what it rests on: tried again, in its original
 * order, whenever something of the same case has come back. One on which the register fails
 * stays waiting, and harms neither the others nor what has come back.
 */
export function retryWaiting(parts: RegisterParts, caseId: string, files: OpenFiles): void {
	const rows = parts.connection.orm
		.select()
		.from(quarantine)
		.where(
			and(
				eq(quarantine.caseId, caseId),
				eq(quarantine.state, 'waiting'),
				isNotNull(quarantine.originalSeq)
			)
		)
		.orderBy(asc(quarantine.originalSeq))
		.all();
	const retry = parts.connection.sqlite.transaction((row: Quarantined) => {
		const performed = performKept(parts, row, files);
		if (isRefusal(performed)) return;
		const { seq } = performed.step;
		decide(parts, row, { state: 'accepted', by: 'system', reason: null, seq });
	});
	for (const row of rows)
		try {
			retry(row);
		} catch (problem) {
			files.delete(caseId);
			if (isTroubleOfTheMachine(problem)) throw problem;
		}
}

/** Where a later writer of the lost history already stands, what is written is history. */
function performKept(
	parts: RegisterParts,
	row: Quarantined,
	files: OpenFiles
): { step: Step; file: ReturnType<typeof openFile> } | Refusal {
	const read = envelopeSchema.safeParse(
		upcastEnvelope(JSON.parse(row.envelope) as Record<string, unknown>)
	);
	if (!read.success) return refuse('payload-not-understood');
	const envelope = row.code === 'id-used-twice' ? underNewIds(parts, row, read.data) : read.data;
	const file = openFile(parts, files, envelope.caseId);
	const result = judgeCommand(parts, file, envelope, {
		vouchedFor: true,
		originalSeq: row.originalSeq
	});
	if ('quarantine' in result) return result.quarantine;
	if (isRefusal(result)) return result;
	const step = parts.changes.step(envelope.id);
	const changes = 'superseded' in result ? result.superseded : result.changes;
	const after = writeChanges(parts, file, changes, step);
	files.set(envelope.caseId, after);
	return { step, file: after };
}

/** The second content of an id that was used twice gets ids of its own, so that both are kept. */
function underNewIds(parts: RegisterParts, row: Quarantined, envelope: Envelope): Envelope {
	const used = parts.commandLog.get(envelope.id);
	const isOther = used !== undefined && used.envelope !== row.envelope;
	const payload = envelope.payload;
	const isCapture = commands.get(envelope.name)?.sort === 'capture';
	return {
		...envelope,
		id: isOther ? row.id : envelope.id,
		payload:
			isCapture && typeof payload === 'object' && payload !== null && 'id' in payload
				? { ...payload, id: row.id }
				: payload
	};
}
