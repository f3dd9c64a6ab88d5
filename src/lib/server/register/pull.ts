import type Database from 'better-sqlite3';
import {
	pullBudget,
	type Cursor,
	type Decision,
	type PullAnswer,
	type PulledRecord
} from '#lib/commands/protocol.ts';
import type { RecordKind } from '#lib/domain/records.ts';
import type { RegisterParts } from './register-parts.ts';

type Page = Exclude<PullAnswer, { epochChanged: string }>;

interface Delta {
	case_id: string;
	first: number;
	entered: number;
	in_scope: number;
}

/**
 * Answers "what is new since my cursor" within an officer's scope. Call it inside a read
 * transaction, so that the horizon and the records are of one moment.
 */
export class Puller {
	readonly #parts: RegisterParts;
	readonly #bootstrap: Database.Statement<[string, string], string>;
	readonly #deltas: Database.Statement<
		[{ officer: string; after: number; horizon: number }],
		Delta
	>;
	readonly #changed: Database.Statement<[string, number], { kind: RecordKind; record_id: string }>;
	readonly #commands: Database.Statement<[string, number], string>;
	readonly #ownCommands: Database.Statement<[string, string], string>;
	readonly #decisions: Database.Statement<
		[{ officer: string; device: string; after: number; upTo: number }],
		Decision
	>;

	constructor(parts: RegisterParts) {
		const { sqlite } = parts.connection;
		this.#parts = parts;
		this.#bootstrap = sqlite
			.prepare<[string, string], string>(
				`select distinct case_id from scope where officer_id = ? and case_id > ? order by case_id`
			)
			.pluck();
		this.#deltas = sqlite.prepare(
			`select case_id, min(seq) as first, max(op = 'scope-add') as entered,
				exists (select 1 from scope where officer_id = @officer and scope.case_id = c.case_id)
					as in_scope
			from change_log c
			where seq > @after and seq <= @horizon and (
				(op = 'put' and exists
					(select 1 from scope where officer_id = @officer and scope.case_id = c.case_id))
				or (officer_id = @officer and op in ('scope-add', 'scope-remove')))
			group by case_id order by first`
		);
		this.#changed = sqlite.prepare(
			`select distinct kind, record_id from change_log
			where case_id = ? and seq > ? and op = 'put' order by kind, record_id`
		);
		this.#commands = sqlite
			.prepare<[string, number], string>(
				`select distinct command_id from change_log
				where case_id = ? and seq > ? and op = 'put' and command_id is not null`
			)
			.pluck();
		this.#ownCommands = sqlite
			.prepare<[string, string], string>(
				`select distinct c.command_id from change_log c join command_log l on l.id = c.command_id
				where c.case_id = ? and c.op = 'put' and l.device = ?`
			)
			.pluck();
		this.#decisions = sqlite.prepare(
			`select command_id as command, state, decided_by as "by", decided_at as at, reason
			from quarantine
			where sent_by = @officer and decided_seq > @after and decided_seq <= @upTo
				and command_id is not null and json_extract(envelope, '$.device') = @device
			order by decided_seq`
		);
	}

	pull(officerId: string, device: string, cursor: Cursor): Page {
		const horizon = this.#parts.changes.head();
		const begins = cursor.seq === 0 || cursor.epoch === null;
		const page = begins
			? this.#snapshots(officerId, device, cursor, horizon)
			: this.#news(officerId, device, cursor.seq, horizon);
		const [after, upTo] = [begins ? 0 : cursor.seq, page.cursor.seq];
		if (upTo <= after) return page;
		const decisions = this.#decisions.all({ officer: officerId, device, after, upTo });
		return { ...page, decisions };
	}

	/** The first download: one snapshot per case, in the order of ids, so that it can go on where it stopped. */
	#snapshots(officerId: string, device: string, cursor: Cursor, head: number): Page {
		const { horizon, after } = cursor.bootstrap ?? { horizon: head, after: '' };
		const page = this.#emptyPage(officerId, cursor.bootstrap === null ? 0 : horizon, head);
		let last: string | null = null;
		for (const caseId of this.#bootstrap.all(officerId, after)) {
			if (page.size >= pullBudget.bytes) {
				const bootstrap = { horizon, after: last ?? after };
				return page.done({ epoch: this.#epoch(), seq: 0, bootstrap }, true);
			}
			this.#snapshot(page, caseId, device);
			last = caseId;
		}
		return page.done({ epoch: this.#epoch(), seq: horizon, bootstrap: null }, head > horizon);
	}

	/**
	 * Everything after the cursor, each case whole up to now; cut between two cases, never in one,
	 * and between two sequence numbers: the cursor cannot stand in the middle of a step.
	 */
	#news(officerId: string, device: string, after: number, horizon: number): Page {
		const page = this.#emptyPage(officerId, after, horizon);
		let begun = after;
		if (horizon > after)
			for (const delta of this.#deltas.all({ officer: officerId, after, horizon })) {
				if (page.size >= pullBudget.bytes && delta.first > begun)
					// every case not in this page has its first change at or after this number
					return page.done({ epoch: this.#epoch(), seq: delta.first - 1, bootstrap: null }, true);
				if (delta.in_scope === 0) page.answer.left.push(delta.case_id);
				else if (delta.entered === 1) this.#snapshot(page, delta.case_id, device);
				else this.#changes(page, delta.case_id, after);
				begun = delta.first;
			}
		return page.done({ epoch: this.#epoch(), seq: horizon, bootstrap: null }, false);
	}

	#snapshot(page: OpenPage, caseId: string, device: string): void {
		page.answer.snapshots.push(caseId);
		page.add(this.#parts.records.ofCase(caseId));
		page.answer.commands.push(...this.#ownCommands.all(caseId, device));
	}

	#changes(page: OpenPage, caseId: string, after: number): void {
		page.add(
			this.#changed
				.all(caseId, after)
				.map(({ kind, record_id }) => this.#parts.records.get(kind, record_id))
				.filter((record) => record !== undefined)
		);
		page.answer.commands.push(...this.#commands.all(caseId, after));
	}

	#epoch(): string {
		return this.#parts.epochs.current();
	}

	#emptyPage(officerId: string, after: number, head: number): OpenPage {
		const { counters, scopes } = this.#parts;
		const officersChanged = counters.value('officers-seq') > after || after === 0;
		return new OpenPage({
			cursor: { epoch: null, seq: 0, bootstrap: null },
			more: false,
			records: [],
			snapshots: [],
			left: [],
			officers: officersChanged ? [...this.#parts.officers().values()] : null,
			settings: head > after ? this.#parts.settings.after(after) : [],
			commands: [],
			decisions: [],
			archivedSeq: this.#parts.archive.seq(),
			backup: this.#parts.archive.state(this.#parts.clock()),
			scopeSize: scopes.size(officerId),
			serverTime: this.#parts.now()
		});
	}
}

class OpenPage {
	readonly answer: Page;
	/** bytes of JSON so far */
	size = 0;

	constructor(answer: Page) {
		this.answer = answer;
	}

	add(records: readonly PulledRecord[]): void {
		for (const record of records) {
			this.size += Buffer.byteLength(JSON.stringify(record));
			this.answer.records.push(record);
		}
	}

	done(cursor: Cursor, more: boolean): Page {
		return { ...this.answer, cursor, more };
	}
}
