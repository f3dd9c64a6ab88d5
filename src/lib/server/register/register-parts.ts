import type { Officer } from '#lib/domain/officer.ts';
import { Archive } from './archive.ts';
import { Alarms } from '../devices/alarms.ts';
import { DeviceReports } from '../devices/device-reports.ts';
import { AuditLog } from './audit-log.ts';
import { CaseIndex } from './case-index.ts';
import { ChangeLog } from './change-log.ts';
import { CommandLog } from './command-log.ts';
import { Counters } from './counter.ts';
import { Devices } from './devices.ts';
import { Epochs } from './epoch.ts';
import type { RegisterConnection } from './open-register.ts';
import { officer as officerTable } from './record/schema.ts';
import { RecordStore } from './record/record-store.ts';
import type { ReceiptKeys } from './receipt.ts';
import { Scopes } from './scope.ts';
import { Settings } from './settings.ts';

/** What the register's acts share: one connection and what is prepared on it. */
export class RegisterParts {
	readonly connection: RegisterConnection;
	readonly keys: ReceiptKeys;
	readonly clock: () => Date;
	readonly newId: () => string;
	readonly counters: Counters;
	readonly audit: AuditLog;
	readonly changes: ChangeLog;
	readonly commandLog: CommandLog;
	readonly records: RecordStore;
	readonly index: CaseIndex;
	readonly scopes: Scopes;
	readonly devices: Devices;
	readonly epochs: Epochs;
	readonly archive: Archive;
	readonly alarms: Alarms;
	readonly reports: DeviceReports;
	readonly settings: Settings;
	#officers: { seq: number; byId: ReadonlyMap<string, Officer> } | null = null;

	constructor(
		connection: RegisterConnection,
		options: {
			keys: ReceiptKeys;
			clock: () => Date;
			newId: () => string;
			epochFile: string | null;
			keepDays: number | null;
		}
	) {
		const { sqlite } = connection;
		this.connection = connection;
		this.keys = options.keys;
		this.clock = options.clock;
		this.newId = options.newId;
		this.counters = new Counters(sqlite);
		this.audit = new AuditLog(sqlite);
		this.changes = new ChangeLog(sqlite, this.counters);
		this.commandLog = new CommandLog(connection);
		this.records = new RecordStore(connection);
		this.index = new CaseIndex(sqlite);
		this.scopes = new Scopes(sqlite, this.counters);
		this.devices = new Devices(connection);
		this.alarms = new Alarms(connection, this.audit);
		this.reports = new DeviceReports(connection);
		this.settings = new Settings(connection, this.changes, this.audit);
		this.archive = new Archive(sqlite, this.counters, options.keepDays);
		this.epochs = new Epochs(connection, {
			counters: this.counters,
			audit: this.audit,
			file: options.epochFile
		});
	}

	now(): string {
		return this.clock().toISOString();
	}

	/** Every officer by id; read again only when one has changed, in whatever process. */
	officers(): ReadonlyMap<string, Officer> {
		const seq = this.counters.value('officers-seq');
		if (this.#officers?.seq !== seq) {
			const rows = this.connection.orm.select().from(officerTable).all();
			this.#officers = { seq, byId: new Map(rows.map((row) => [row.id, row])) };
		}
		return this.#officers.byId;
	}

	/** Adds an officer or changes what the council's devices know of one, and what they hold because of it. */
	putOfficer(officer: Officer, by: string): void {
		const at = this.now();
		const step = this.changes.step(null);
		this.connection.orm
			.insert(officerTable)
			.values(officer)
			.onConflictDoUpdate({ target: officerTable.id, set: officer })
			.run();
		step.officers();
		this.scopes.followRoles(officer, () => this.changes.step(null));
		const { id, roles, active } = officer;
		this.audit.append(
			at,
			'officer',
			{ officer: id, roles, active, by, seq: step.seq },
			JSON.stringify(officer)
		);
	}

	keepInScope(officerId: string, caseId: string, reason: string, until: string): void {
		const step = this.changes.step(null);
		this.scopes.enter(officerId, caseId, reason, until, step);
		const { seq } = step;
		const facts = { officer: officerId, caseId, reason, until, seq };
		this.audit.append(this.now(), 'kept-in-scope', facts);
	}

	/** Gives out a number only when something is out of line. */
	reconcileScopes(now: string): void {
		const officers = [...this.officers().values()];
		const inLine = officers.every((one) => this.scopes.queueDifferences(one).length === 0);
		if (inLine && !this.scopes.anyExpired(now)) return;
		const nextStep = () => this.changes.step(null);
		this.scopes.expire(now, nextStep);
		for (const one of officers) this.scopes.followRoles(one, nextStep);
	}

	/** After a rollback: what was read inside it never happened. */
	forgetOfficers(): void {
		this.#officers = null;
	}
}
