import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { NewCase } from '#lib/commands/case/file-case.ts';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import type { PullAnswer, PullRequest, PushAnswer } from '#lib/commands/protocol.ts';
import { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import type { SettingName, SettingOf } from '#lib/domain/council-settings.ts';
import type { BackupState } from '#lib/domain/keeping-rules.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { RecordKind, RecordOf } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Alarm } from '../devices/alarms.ts';
import type { KeptReport } from '../devices/device-reports.ts';
import type { Device } from './devices.ts';
import { applyRecordsErasure } from '../erasure/apply-records-erasure.ts';
import { ErasureLedger } from '../erasure/ledger.ts';
import type { EpochFile } from './epoch.ts';
import { issueReference } from './file-new-case.ts';
import { openRegister, type RegisterConnection } from './open-register.ts';
import { arrivalOf, performCommand, type Backing, type SentEnvelope } from './perform-command.ts';
import { setAside } from './set-aside.ts';
import { envelopeOf, type Made } from './made-command.ts';
import { performPush, type SentPush } from './push.ts';
import { Puller } from './pull.ts';
import {
	acceptQuarantined,
	declineQuarantined,
	listQuarantine,
	type Quarantined
} from './quarantine.ts';
import { ReceiptKeys } from './receipt.ts';
import { RegisterParts } from './register-parts.ts';
import { ChangeWatch } from './change-watch.ts';
import { AuditHead } from './audit-head.ts';
import { neverReceived, type Kept } from './what-arrived.ts';

export interface RegisterOptions {
	keys?: ReceiptKeys;
	clock?: () => Date;
	/** makes the ids of what begins here; UUIDv7 of this moment when not given */
	newId?: (() => string) | undefined;
	/** beside the register, remembers its epoch; null: none is kept */
	epochFile?: string | null;
	/** outside the register, holds what has been erased from it; null: none is kept */
	erasureFile?: string | null;
	/** outside the register, holds what has been ordered of devices; null: none is kept */
	orderFile?: string | null;
	/** outside the register, holds the signed head of the audit chain; null: none is kept */
	auditHeadFile?: string | null;
	/** days that devices keep what is backed up; null: as the rules say */
	keepDays?: number | null;
	/** told of what an administrator should look into, for the log */
	onAlarm?: (facts: AlarmFacts) => void;
	/** told every statement as it runs */
	trace?: (sql: string) => void;
}

/** No words of anybody: for the log. */
export interface AlarmFacts {
	what: string;
	device: string;
	claimed: number;
	head: number;
}

/** Bulk writers commit this often, so that nobody waits for them. */
const bulk = 100;

/** A council's authoritative record: everything is written through here, in one order. */
export class Register {
	readonly connection: RegisterConnection;
	readonly keys: ReceiptKeys;
	/** outside the register; null: none is kept */
	readonly auditHeadFile: string | null;
	/** holds what has been ordered of devices; null: none is kept */
	readonly orderFile: string | null;
	/** what has been erased from this register; null: no ledger is kept */
	readonly erasures: ErasureLedger | null;
	readonly #parts: RegisterParts;
	readonly #puller: Puller;
	readonly #watch: ChangeWatch;
	readonly #head: AuditHead;
	readonly #onAlarm: (facts: AlarmFacts) => void;
	readonly #closing: (() => void)[] = [];

	private constructor(parts: RegisterParts, options: RegisterOptions) {
		const { auditHeadFile = null, erasureFile = null, orderFile = null } = options;
		this.#onAlarm = options.onAlarm ?? (() => {});
		this.erasures = erasureFile === null ? null : new ErasureLedger(erasureFile);
		this.#parts = parts;
		this.connection = parts.connection;
		this.keys = parts.keys;
		this.auditHeadFile = auditHeadFile;
		this.orderFile = orderFile;
		this.#puller = new Puller(parts);
		this.#watch = new ChangeWatch(parts);
		this.#head = new AuditHead(parts, auditHeadFile);
	}

	/** `:memory:` gives a register that ends with the process. */
	static open(file: string, options: RegisterOptions = {}): Register {
		const connection = openRegister(file, { trace: options.trace });
		const parts = new RegisterParts(connection, {
			keys: options.keys ?? new ReceiptKeys([randomBytes(32)]),
			clock: options.clock ?? (() => new Date()),
			newId: options.newId ?? (() => uuidv7()),
			epochFile: options.epochFile ?? null,
			keepDays: options.keepDays ?? null
		});
		parts.epochs.settle(parts.now());
		return new Register(parts, options);
	}

	/** An id for something that begins here. */
	newId(): string {
		return this.#parts.newId();
	}

	get epoch(): string {
		return this.#parts.epochs.current();
	}

	/** the last sequence number given out */
	head(): number {
		return this.#parts.changes.head();
	}

	/** Runs in one write transaction, joined when one is open already; listeners hear of it after the commit. */
	transaction<T>(act: () => T): T {
		const { sqlite } = this.connection;
		if (sqlite.inTransaction) return act();
		let result: T;
		try {
			result = sqlite.transaction(act).immediate();
		} catch (problem) {
			this.#parts.forgetOfficers();
			throw problem;
		}
		this.#head.remember();
		this.#watch.committed();
		return result;
	}

	/** What a device sends (docs/sync.md): one transaction, one answer for each command, in order. */
	push(officer: Officer, sent: SentPush, held: Refusal | null = null): PushAnswer {
		return this.transaction(() => {
			const answer = performPush(this.#parts, officer, sent, held);
			this.#eraseAgain(sent.commands.map(({ envelope }) => envelope['caseId']));
			return answer;
		});
	}

	/** What was erased comes with what is sent again: it goes before anybody has seen it. */
	#eraseAgain(caseIds: readonly unknown[]): void {
		for (const caseId of new Set(caseIds))
			if (typeof caseId === 'string')
				for (const act of this.erasures?.ofCase(caseId) ?? [])
					applyRecordsErasure(this, act, this.#parts.clock());
	}

	/** Which of these commands have been answered before. */
	answered(ids: readonly string[]): ReadonlySet<string> {
		return new Set(ids.filter((id) => this.#parts.commandLog.get(id) !== undefined));
	}

	/** Keeps for a person what is no command: the same thing twice is kept once. */
	keepForPerson(kept: SentEnvelope, sentBy: string, why: Refusal): Answer {
		return this.transaction(() => setAside(this.#parts, arrivalOf(kept), sentBy, why));
	}

	/** Envelopes an officer sends outside a push (assigning many cases): permitted and answered the same. */
	performEnvelopes(officer: Officer, envelopes: readonly Envelope[]): Answer[] {
		return this.#inBulk(envelopes, (envelope) => envelope, {
			sender: officer,
			vouchedFor: false,
			receipt: null
		});
	}

	/** @param actor `system`, `api:<client>`, or the id of an officer the register vouches for */
	performAs(actor: string, made: readonly Made[]): Answer[] {
		return this.#inBulk(made, (one) => envelopeOf(this.#parts, actor, one), {
			sender: null,
			vouchedFor: true,
			receipt: null
		});
	}

	/** Files a case under the council's next reference, in one transaction. */
	fileNewCase(made: NewCase, actor: string): { caseId: string; reference: string; answer: Answer } {
		return this.transaction(() => {
			const filed = issueReference(this.#parts, made);
			const { id: caseId, reference } = filed.case;
			const [answer] = this.performAs(actor, [{ name: 'file-case', caseId, payload: filed }]);
			if (answer === undefined || answer.outcome !== 'applied')
				throw new Error(
					`the case could not be filed: ${answer?.code ?? ''} ${answer?.detail ?? ''}`.trim()
				);
			return { caseId, reference, answer };
		});
	}

	pull(officer: Officer, request: PullRequest): PullAnswer {
		const { cursor, device } = request;
		const now = this.#parts.now();
		if (this.#parts.scopes.anyExpired(now)) this.reconcileScopes(now);
		if (request.report !== undefined && this.ownerOf(device) === officer.id)
			this.#parts.reports.heard(device, request.report, now);
		const epoch = this.epoch;
		if (cursor.epoch !== null && cursor.epoch !== epoch) return { epochChanged: epoch };
		const claimed = Math.max(cursor.seq, cursor.bootstrap?.horizon ?? 0);
		if (claimed > this.head()) {
			// without a receipt that verifies this proves nothing: the device starts afresh, we look into it
			const claim = { device, officer, claimed, head: this.head() };
			const news = this.transaction(() => this.#parts.alarms.cursorAboveHead(claim, now));
			if (news) this.#onAlarm({ what: 'cursor-above-head', device, claimed, head: claim.head });
			return { epochChanged: epoch };
		}
		return this.connection.sqlite.transaction(() =>
			this.#puller.pull(officer.id, device, cursor)
		)();
	}

	caseFile(caseId: string): CaseFile {
		return this.connection.sqlite.transaction(() => this.#parts.records.caseFile(caseId))();
	}

	/** One record of a case, without reading the others. */
	record<K extends RecordKind>(caseId: string, kind: K, id: string): RecordOf<K> | undefined {
		const found = this.#parts.records.get(kind, id)?.record as RecordOf<K> | undefined;
		return found?.caseId === caseId ? found : undefined;
	}

	/** The case a reference finds: any letter case, earlier forms too. */
	caseIdFor(reference: string): string | null {
		return this.#parts.index.caseIdFor(reference);
	}

	officers(): ReadonlyMap<string, Officer> {
		return this.#parts.officers();
	}

	/** Adds an officer, or changes one; their devices follow their roles. */
	putOfficer(officer: Officer, by = 'system'): void {
		this.transaction(() => this.#parts.putOfficer(officer, by));
	}

	/** Sets what the council has been given or has chosen; devices fetch it at their next contact. */
	setSetting<N extends SettingName>(name: N, value: SettingOf<N>, by: string): void {
		this.transaction(() => this.#parts.settings.set(name, value, by, this.#parts.now()));
	}

	/** What the council has been given or has chosen, by name; null when it has not. */
	setting<N extends SettingName>(name: N): SettingOf<N> | null {
		return this.#parts.settings.get(name);
	}

	/** What clocks are counted with: the council's list, or the rules. */
	bankHolidays(): BankHolidays {
		return new BankHolidays(this.#parts.settings.get('bank-holidays'));
	}

	/** The letter that heads this device's photo numbers; null when it is another officer's device. */
	registerDevice(officer: Officer, device: string): { letter: string } | null {
		const enrolled = this.transaction(() =>
			this.#parts.devices.enrol(device, officer, this.#parts.now())
		);
		return enrolled === null ? null : { letter: enrolled.letter };
	}

	/** Whose device this is; null while the register has not heard of it. */
	ownerOf(device: string): string | null {
		return this.#parts.devices.get(device)?.officerId ?? null;
	}

	/** What every device last said of itself. */
	deviceReports(): KeptReport[] {
		return this.#parts.reports.all();
	}

	/** What an administrator should look into. */
	alarms(): { open: Alarm[]; total: number } {
		return { open: this.#parts.alarms.open(), total: this.#parts.alarms.total() };
	}

	/** False when there is no such open alarm. */
	seenAlarm(id: number, by: string): boolean {
		return this.transaction(() => this.#parts.alarms.seen(id, by, this.#parts.now()));
	}

	devices(): Device[] {
		return this.#parts.devices.all();
	}

	/** What of a device's work has never arrived here: for a browser that has lost it. */
	neverReceived(device: string, kept: Kept): { commands: number; pictures: number } {
		return neverReceived(this.connection, this.#parts.devices.get(device) ?? null, kept);
	}

	devicesOf(officerId: string): Device[] {
		return this.#parts.devices.of(officerId);
	}

	/** Keeps a case on an officer's devices until an instant, whatever else becomes of it. */
	keepInScope(officerId: string, caseId: string, reason: string, until: string): void {
		this.transaction(() => this.#parts.keepInScope(officerId, caseId, reason, until));
	}

	isInScope(officerId: string, caseId: string): boolean {
		return this.#parts.scopes.has(officerId, caseId);
	}

	/** Ends scopes that have run out and brings queues in line with roles. */
	reconcileScopes(now: string = this.#parts.now()): void {
		this.transaction(() => this.#parts.reconcileScopes(now));
	}

	quarantined(state: Quarantined['state'] | null = 'waiting'): Quarantined[] {
		return listQuarantine(this.#parts, state);
	}

	acceptQuarantined(id: string, officer: Officer): { seq: number } | Refusal {
		return this.transaction(() => acceptQuarantined(this.#parts, id, officer));
	}

	declineQuarantined(id: string, officer: Officer, reason: string): { seq: number } | Refusal {
		return this.transaction(() => declineQuarantined(this.#parts, id, officer, reason));
	}

	/** A backup has been verified: devices may release what it holds and is old enough. */
	setArchived(
		seq: number,
		backup: { at?: string; sameMachine?: boolean; name?: string } = {}
	): void {
		const { at = this.#parts.now(), sameMachine = false, name = null } = backup;
		this.transaction(() => {
			this.#parts.archive.publish({ seq, at, sameMachine });
			const facts = { backup: name, seq, takenAt: at, sameMachine };
			this.#parts.audit.append(this.#parts.now(), 'backup-verified', facts);
		});
	}

	archivedSeq(): number {
		return this.#parts.archive.seq();
	}

	backupState(now: Date = this.#parts.clock()): BackupState {
		return this.#parts.archive.state(now);
	}

	/** Calls back after every commit, of this process and of others; gives the way to stop. */
	onChange(listener: () => void): () => void {
		return this.#watch.listen(listener);
	}

	/** Calls back when the register is closed, for what was opened on its account. */
	whenClosed(act: () => void): void {
		this.#closing.push(act);
	}

	/** Writes the signed head of the audit now, not in a while. */
	publishAuditHead(): void {
		this.#head.flush();
	}

	/** A backup has been put in this register's place: devices send again what it does not hold. */
	beginRestored(beside: EpochFile | null, reason: string): void {
		this.transaction(() => this.#parts.epochs.beginRestored(this.#parts.now(), beside, reason));
	}

	/** Writes the epoch and how far it has come into a file that another place will have beside it. */
	rememberEpochIn(file: string): void {
		this.#parts.epochs.rememberIn(file);
	}

	/** What is wrong beside the register, in words for an operator; null when nothing is. */
	problem(): string | null {
		return this.#head.problem;
	}

	close(): void {
		if (!this.connection.sqlite.open) return;
		for (const act of this.#closing.splice(0)) act();
		this.#watch.close();
		this.#head.close();
		this.connection.sqlite.close();
	}

	#inBulk<T>(items: readonly T[], asSent: (item: T) => SentEnvelope, backing: Backing): Answer[] {
		const answers: Answer[] = [];
		for (let from = 0; from < items.length; from += bulk)
			this.transaction(() => {
				const files = new Map<string, CaseFile>();
				for (const item of items.slice(from, from + bulk))
					answers.push(performCommand(this.#parts, asSent(item), backing, files));
			});
		return answers;
	}
}

export type { Made } from './made-command.ts';
