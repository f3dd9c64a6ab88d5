import type Database from 'better-sqlite3';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Answer, Outcome } from '#lib/commands/envelope.ts';
import type { RegisterConnection } from './open-register.ts';
import type { RegisterParts } from './register-parts.ts';
import { commandLog } from './schema.ts';

export type LoggedCommand = typeof commandLog.$inferSelect;

/** A command as it arrived: its text is what was hashed, and is kept. */
export interface Arrival {
	id: string;
	/** the envelope as sent, parsed JSON */
	raw: Record<string, unknown>;
	/** canonical JSON of it */
	text: string;
	payloadHash: string;
	/** the receipt that came with it vouches for this; null when none did */
	originalSeq: number | null;
}

export const answerOf = (row: LoggedCommand): Answer => ({
	id: row.id,
	outcome: row.outcome,
	code: row.code,
	detail: row.detail,
	seq: row.seq,
	epoch: row.epoch,
	receipt: row.receipt
});

/** The statements that every command needs, prepared once. */
export class CommandLog {
	readonly #byId: { get(values: { id: string }): LoggedCommand | undefined };
	readonly #append: Database.Statement<[LoggedCommand]>;

	constructor({ orm, sqlite }: Pick<RegisterConnection, 'orm' | 'sqlite'>) {
		this.#byId = orm
			.select()
			.from(commandLog)
			.where(eq(commandLog.id, sql.placeholder('id')))
			.prepare();
		const columns = Object.entries(getTableColumns(commandLog));
		this.#append = sqlite.prepare(
			`insert into command_log (${columns.map(([, column]) => column.name).join(', ')})
			values (${columns.map(([name]) => `@${name}`).join(', ')})`
		);
	}

	get(id: string): LoggedCommand | undefined {
		return this.#byId.get({ id });
	}

	append(row: LoggedCommand): void {
		this.#append.run(row);
	}
}

/** Writes the answer of one command with its receipt, and the audit row that covers both. */
export function logAnswer(
	parts: RegisterParts,
	arrival: Arrival,
	seq: number,
	answer: { outcome: Outcome; code: string | null; detail: string | null }
): Answer {
	const { raw } = arrival;
	const at = parts.now();
	const epoch = parts.epochs.current();
	const said = (name: string) => (typeof raw[name] === 'string' ? raw[name] : '');
	const actor = said('actor');
	const { outcome } = answer;
	const receipt = parts.keys.receipt(
		{ id: arrival.id, payloadHash: arrival.payloadHash, actor },
		{ epoch, seq, place: arrival.originalSeq ?? seq, outcome }
	);
	const row: LoggedCommand = {
		id: arrival.id,
		payloadHash: arrival.payloadHash,
		envelope: arrival.text,
		name: said('name'),
		actor,
		device: said('device'),
		deviceSeq: typeof raw['deviceSeq'] === 'number' ? raw['deviceSeq'] : 0,
		caseId: said('caseId'),
		...answer,
		seq,
		epoch,
		receipt,
		originalSeq: arrival.originalSeq ?? seq,
		receivedAt: at
	};
	parts.commandLog.append(row);
	const { name, caseId, device, code } = row;
	parts.audit.append(
		at,
		'command',
		{ command: row.id, name, caseId, actor, device, seq, epoch, outcome, code },
		arrival.text
	);
	return answerOf(row);
}
