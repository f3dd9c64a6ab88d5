import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Outcome } from '#lib/commands/envelope.ts';
import type { Decision, UploadMetadata } from '#lib/commands/protocol.ts';

/** What the register last said of one record. */
export interface RecordRow {
	/** `<kind>:<id>` */
	key: string;
	kind: string;
	caseId: string;
	seq: number;
	epoch: string;
	body: unknown;
}

/**
 * Where a command stands.
 * `queued`: not answered · `answered`: accepted, its record has not arrived here yet ·
 * `trouble`: refused, quarantined or declined, and its author has not put it aside ·
 * `done`: the register's record says it, a team leader has accepted it, or the author has put it aside.
 */
export type OutboxState = 'queued' | 'answered' | 'trouble' | 'done';

/** One command of this device. Rows stay until `release`. */
export interface OutboxRow {
	id: string;
	caseId: string;
	deviceSeq: number;
	state: OutboxState;
	/** 1: a pulled record already holds its effect, though the answer may have been lost */
	arrived: 0 | 1;
	outcome: Outcome | null;
	/** the register's sequence number of the answer, and its epoch when it answered */
	seq: number | null;
	epoch: string | null;
	/** 1: the author has seen that it was refused or quarantined, and put it aside */
	dismissed: 0 | 1;
	/** 1: the register says that a verified backup holds it */
	archived: 0 | 1;
	/** milliseconds since 1970 by the register's clock: when it said so */
	archivedAt?: number | undefined;
	/** milliseconds since 1970 by this device's clock */
	madeAt: number;
	/** bytes of JSON that it takes in a push */
	size: number;
	/** the envelope without `deviceSeq`, and the case's reference and address as they were */
	body: unknown;
	/** the whole answer */
	answer: unknown;
	/** what was decided on it after it had been set aside, and the whole decision */
	decision?: Decision['state'];
	decided?: unknown;
}

/** Bytes that perhaps only this device has. Written once, never changed. */
export interface CaptureRow {
	/** `<of>:<id>` */
	key: string;
	caseId: string;
	commandId: string;
	sha256: string;
	body: ArrayBuffer;
}

/** How far a capture's bytes have been carried. Apart from the bytes, so that noting progress does not rewrite them. */
export interface UploadRow {
	/** as in CaptureRow */
	key: string;
	caseId: string;
	commandId: string;
	deviceSeq: number;
	sha256: string;
	of: UploadMetadata['of'];
	id: string;
	mime: string;
	/** bytes */
	size: number;
	state: 'waiting' | 'received';
	/** the bytes kept here are no longer the recorded ones; `seen`: their author knows */
	damaged?: 'needs-me' | 'seen';
	/** where the register keeps the part that has arrived, so that the rest can follow */
	url: string | null;
	/** the register's word for it */
	receipt: string | null;
	seq: number | null;
	epoch: string | null;
	/** as in OutboxRow */
	archived: 0 | 1;
	archivedAt?: number | undefined;
}

/** Bytes the register has too: may be evicted at any time, oldest first. */
export interface CopyRow {
	sha256: string;
	caseId: string;
	mime: string;
	size: number;
	keptAt: number;
	body: ArrayBuffer;
}

/** Room kept free for photographs of a visit: nothing is in it (`ballast.ts`). */
export interface BallastRow {
	n: number;
	visitId: string;
	body: ArrayBuffer;
}

export interface DraftRow {
	key: string;
	caseId: string;
	body: unknown;
}

/** A case whose records are on this device. */
export interface HeldRow {
	caseId: string;
	/** the first download that brought it; older ones are stale when a new one has ended */
	round: string;
	/** 1: no longer in the officer's scope, kept on screen until nothing of it is unreceived */
	leaving: 0 | 1;
}

/** A record this version of the app cannot read: kept as it came, for the version that can. */
export interface UnknownRow {
	key: string;
	kind: string;
	caseId: string;
	seq: number;
	epoch: string;
	body: unknown;
}

export interface JournalRow {
	n: number;
	/** milliseconds since 1970 by this device's clock */
	at: number;
	what: string;
	detail: string;
}

/** The device's copy. Indexed by opaque things only; all else is in sealed bodies. */
export class DeviceDatabase extends Dexie {
	declare records: Table<RecordRow, string>;
	declare held: Table<HeldRow, string>;
	declare outbox: Table<OutboxRow, string>;
	declare captures: Table<CaptureRow, string>;
	declare uploads: Table<UploadRow, string>;
	declare copies: Table<CopyRow, string>;
	declare drafts: Table<DraftRow, string>;
	declare sync: Table<{ key: string; value: unknown }, string>;
	declare unknown: Table<UnknownRow, string>;
	declare journal: EntityTable<JournalRow, 'n'>;
	declare ballast: EntityTable<BallastRow, 'n'>;

	constructor(
		name: string,
		idb?: { indexedDB: IDBFactory; IDBKeyRange: typeof globalThis.IDBKeyRange }
	) {
		// relaxed is Chrome's default: a commit it reports may be lost with the power
		super(name, { chromeTransactionDurability: 'strict', cache: 'disabled', ...idb });
		this.version(1).stores({
			records: 'key, caseId, kind',
			held: 'caseId',
			outbox: 'id, &deviceSeq, caseId, state',
			captures: 'key, caseId, sha256, commandId',
			uploads: 'key, caseId, state, commandId, sha256',
			copies: 'sha256, caseId, [keptAt+size]',
			drafts: 'key',
			sync: 'key',
			unknown: 'key, caseId',
			journal: '++n'
		});
		this.version(2).stores({ drafts: 'key, caseId' });
		this.version(3).stores({ ballast: '++n, visitId' });
		// bodies are sealed from here on: a window of an earlier version may write no open ones beside them
		this.version(4).stores({});
	}
}
