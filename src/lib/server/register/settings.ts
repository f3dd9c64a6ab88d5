import { asc, eq, gt } from 'drizzle-orm';
import {
	councilSettings,
	settingOf,
	type SentSetting,
	type SettingName,
	type SettingOf
} from '#lib/domain/council-settings.ts';
import type { AuditLog } from './audit-log.ts';
import type { ChangeLog } from './change-log.ts';
import type { RegisterConnection } from './open-register.ts';
import { councilSetting } from './schema.ts';

/** What the council has been given or has chosen; each change has its place in the sequence. */
export class Settings {
	readonly #orm: RegisterConnection['orm'];
	readonly #changes: ChangeLog;
	readonly #audit: AuditLog;

	constructor({ orm }: RegisterConnection, changes: ChangeLog, audit: AuditLog) {
		this.#orm = orm;
		this.#changes = changes;
		this.#audit = audit;
	}

	get<N extends SettingName>(name: N): SettingOf<N> | null {
		return settingOf(this.#read(eq(councilSetting.name, name)), name);
	}

	/** Everything set after a place in the sequence: what a device there has not seen. */
	after(seq: number): SentSetting[] {
		return this.#read(gt(councilSetting.seq, seq));
	}

	/** @throws ZodError when the value is not of its shape */
	set<N extends SettingName>(name: N, value: SettingOf<N>, by: string, at: string): void {
		const text = JSON.stringify(councilSettings[name].parse(value));
		const { seq } = this.#changes.step(null);
		const row = { value: text, seq, setAt: at, setBy: by };
		this.#orm
			.insert(councilSetting)
			.values({ name, ...row })
			.onConflictDoUpdate({ target: councilSetting.name, set: row })
			.run();
		this.#audit.append(at, 'council-setting', { name, by, seq }, text);
	}

	#read(which: ReturnType<typeof eq>): SentSetting[] {
		return this.#orm
			.select({ name: councilSetting.name, value: councilSetting.value })
			.from(councilSetting)
			.where(which)
			.orderBy(asc(councilSetting.name))
			.all()
			.map(({ name, value }) => ({ name, value: JSON.parse(value) as unknown }));
	}
}
