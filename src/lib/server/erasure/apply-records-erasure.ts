import { and, count, eq, inArray } from 'drizzle-orm';
import { withoutContent } from '#lib/commands/case/erase-records.ts';
import { blob, bytesReceived } from '../blobs/schema.ts';
import { audited } from '../register/audited.ts';
import type { Register } from '../register/register.ts';
import type { RecordsErasure } from './ledger.ts';
import { unlinkAudit } from './unlink-audit.ts';

/** Commands that name records and hold nothing of them. */
const onlyNaming = ['erase-records', 'confirm-bytes'];

/**
 * Takes the content of records away wherever this register has it: the case, what is set aside, the
 * commands that brought it, the index of its bytes. Where all of it is gone, nothing is done.
 */
export function applyRecordsErasure(register: Register, erasure: RecordsErasure, now: Date): void {
	const { n, caseId, things, bytes, by, at } = erasure;
	const file = register.caseFile(caseId);
	if (file.case === undefined) return;
	const ids = new Set(things.map(({ id }) => id));
	for (const one of file.all('conflict')) if (ids.has(one.recordId)) ids.add(one.id);
	const commands = eraseCommands(register, caseId, [...ids], n);
	if (withoutContent(file, { things, by, at }).length > 0) {
		const payload = { erasure: n, things, commands, bytes, by, at };
		const [answer] = register.performAs('system', [{ name: 'erase-records', caseId, payload }]);
		if (answer?.outcome !== 'applied')
			throw new Error(`An erasure was not applied to a case: ${answer?.code ?? 'no answer'}.`);
	} else if (commands.length === 0) return;
	forgetBytes(register, erasure);
	audited(register, now, 'erasure-applied', { erasure: n, caseId, things: things.length });
}

/** @returns ids of the commands that held it until now */
function eraseCommands(register: Register, caseId: string, ids: string[], n: number): string[] {
	const { sqlite } = register.connection;
	const mentioned = ids.map(() => 'instr(envelope, ?) > 0').join(' or ');
	const rows = sqlite
		.prepare<string[], { id: string; received_at: string }>(
			`select id, received_at from command_log
			where case_id = ? and name not in (${onlyNaming.map(() => '?').join(', ')})
			and json_type(envelope, '$.payload.erased') is null and (${mentioned})`
		)
		.all(caseId, ...onlyNaming, ...ids);
	const waiting = sqlite
		.prepare<string[], { id: string; command_id: string | null; received_at: string }>(
			`select id, command_id, received_at from quarantine
			where case_id = ? and json_type(envelope, '$.payload.erased') is null
			and (${mentioned} or id in (${ids.map(() => '?').join(', ')}))`
		)
		.all(caseId, ...ids, ...ids);
	const empty = (table: 'command_log' | 'quarantine') =>
		sqlite.prepare(
			`update ${table}
			set envelope = json_set(envelope, '$.payload', json_object('erased', cast(? as integer))) where id = ?`
		);
	const [ofLog, ofWaiting] = [empty('command_log'), empty('quarantine')];
	for (const { id, received_at } of rows) {
		ofLog.run(n, id);
		unlinkAudit(register, id, received_at);
	}
	for (const { id, command_id, received_at } of waiting) {
		ofWaiting.run(n, id);
		if (command_id !== null) unlinkAudit(register, command_id, received_at);
	}
	return [
		...new Set([...rows.map(({ id }) => id), ...waiting.flatMap((one) => one.command_id ?? [])])
	];
}

/** The files themselves go by `dropErasedFiles`, once this is committed. */
function forgetBytes(register: Register, { caseId, things, bytes }: RecordsErasure): void {
	const { orm } = register.connection;
	const ids = things.map(({ id }) => id);
	orm
		.delete(bytesReceived)
		.where(and(eq(bytesReceived.caseId, caseId), inArray(bytesReceived.recordId, ids)))
		.run();
	for (const sha256 of bytes) {
		const [others] = orm
			.select({ n: count() })
			.from(bytesReceived)
			.where(eq(bytesReceived.sha256, sha256))
			.all();
		if (others?.n === 0) orm.delete(blob).where(eq(blob.sha256, sha256)).run();
	}
}
