import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import type { Council } from '#lib/server/installation.ts';
import { verifyAudit } from '#lib/server/register/audit.ts';
import { sha256, type Photo } from './field-client.ts';

/** What the register has answered for: it may never be without it again. */
export interface Acknowledged {
	commands: { envelope: Envelope; answer: Answer }[];
	photos: Photo[];
}

export const nothingYet = (): Acknowledged => ({ commands: [], photos: [] });

/**
 * Holds a register on the disk against what it has answered for: each command with the very
 * answer, each note in its case with its words, each photograph in the store by its hash, the
 * file sound and the audit chain whole. Returns what is lost, in words.
 */
export function lostFrom({ register, folder }: Council, acknowledged: Acknowledged): string[] {
	const lost: string[] = [];
	const { sqlite } = register.connection;
	const logged = sqlite.prepare<[string], { outcome: string; seq: number; receipt: string }>(
		'select outcome, seq, receipt from command_log where id = ?'
	);
	const files = new Map<string, CaseFile>();
	const fileOf = (caseId: string): CaseFile => {
		const file = files.get(caseId) ?? register.caseFile(caseId);
		files.set(caseId, file);
		return file;
	};
	for (const { envelope, answer } of acknowledged.commands) {
		const row = logged.get(envelope.id);
		if (row?.receipt !== answer.receipt || row.seq !== answer.seq)
			lost.push(`command ${envelope.id} (${envelope.name}), number ${answer.seq}`);
		if (envelope.name !== 'write-note') continue;
		const { id, text } = envelope.payload as { id: string; text: string };
		if (fileOf(envelope.caseId).get('note', id)?.text !== text)
			lost.push(`the words of note ${id}`);
	}
	for (const { id, sha256: hash } of acknowledged.photos) {
		const kept = readIfThere(join(folder, 'blobs', hash.slice(0, 2), hash));
		if (kept === null || sha256(kept) !== hash) lost.push(`the bytes of photograph ${id}`);
	}
	const sound = sqlite.pragma('integrity_check', { simple: true });
	if (sound !== 'ok') lost.push(`the register's file: ${String(sound)}`);
	const audit = verifyAudit(register);
	if (!audit.whole) lost.push(`the audit chain at row ${audit.at}: ${audit.problem}`);
	return lost;
}

/** What the register holds more or less often than once, whatever was sent again and again. */
export function notOnce({ register }: Council, { commands }: Acknowledged): string[] {
	const notes = commands.filter(({ envelope }) => envelope.name === 'write-note').length;
	const kept = register.connection.sqlite.prepare('select count(*) from note').pluck().get();
	return kept === notes ? [] : [`${String(kept)} notes are kept of ${notes}`];
}

function readIfThere(file: string): Buffer | null {
	try {
		return readFileSync(file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}
