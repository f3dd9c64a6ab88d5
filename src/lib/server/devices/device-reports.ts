import { eq, sql } from 'drizzle-orm';
import type { DeviceReport } from '#lib/commands/protocol.ts';
import type { RegisterConnection } from '../register/open-register.ts';
import { deviceReport } from './schema.ts';

export type KeptReport = typeof deviceReport.$inferSelect;

/** A device that says the same again is noted at most this often, milliseconds. */
const resolution = 60_000;

/** What devices say of themselves when they ask what is new. */
export class DeviceReports {
	readonly #orm: RegisterConnection['orm'];
	readonly #byId: { get(values: { id: string }): KeptReport | undefined };

	constructor({ orm }: RegisterConnection) {
		this.#orm = orm;
		this.#byId = orm
			.select()
			.from(deviceReport)
			.where(eq(deviceReport.deviceId, sql.placeholder('id')))
			.prepare();
	}

	/** Only of a device that the register knows; a quiet day writes once a minute. */
	heard(deviceId: string, report: DeviceReport, now: string): void {
		const before = this.#byId.get({ id: deviceId });
		if (before !== undefined) {
			const { deviceId: _, at, ...said } = before;
			const same = JSON.stringify(sorted(said)) === JSON.stringify(sorted(report));
			if (same && Date.parse(now) - Date.parse(at) < resolution) return;
		}
		const row = { at: now, ...report };
		this.#orm
			.insert(deviceReport)
			.values({ deviceId, ...row })
			.onConflictDoUpdate({ target: deviceReport.deviceId, set: row })
			.run();
	}

	all(): KeptReport[] {
		return this.#orm.select().from(deviceReport).all();
	}
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
