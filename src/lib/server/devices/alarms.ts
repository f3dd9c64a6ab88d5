import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Officer } from '#lib/domain/officer.ts';
import type { AuditLog } from '../register/audit-log.ts';
import type { RegisterConnection } from '../register/open-register.ts';
import { alarm } from './schema.ts';

export type Alarm = typeof alarm.$inferSelect;

/** What an administrator should look into, until somebody says that they have. */
export class Alarms {
	readonly #orm: RegisterConnection['orm'];
	readonly #audit: AuditLog;

	constructor({ orm }: RegisterConnection, audit: AuditLog) {
		this.#orm = orm;
		this.#audit = audit;
	}

	/**
	 * A device claims to have been told a number that this register has never given. Without a receipt
	 * that verifies this proves nothing, and nothing is done about it but saying so. Inside a transaction.
	 *
	 * @returns true when it is news
	 */
	cursorAboveHead(
		{
			device,
			officer,
			claimed,
			head
		}: { device: string; officer: Officer; claimed: number; head: number },
		at: string
	): boolean {
		const again = this.#orm
			.update(alarm)
			.set({ lastAt: at, times: sql`${alarm.times} + 1`, claimed, head })
			.where(
				and(eq(alarm.device, device), eq(alarm.what, 'cursor-above-head'), isNull(alarm.seenAt))
			)
			.run();
		if (again.changes > 0) return false;
		const what = 'cursor-above-head' as const;
		const officerId = officer.id;
		this.#orm
			.insert(alarm)
			.values({ at, lastAt: at, times: 1, what, device, officerId, claimed, head })
			.run();
		this.#audit.append(at, what, { officer: officerId, device, cursor: claimed, head });
		return true;
	}

	/** Those nobody has seen, newest first. */
	open(): Alarm[] {
		return this.#orm
			.select()
			.from(alarm)
			.where(isNull(alarm.seenAt))
			.orderBy(desc(alarm.lastAt))
			.all();
	}

	/** How often there was reason for one, ever. */
	total(): number {
		const [row] = this.#orm
			.select({ n: sql<number>`coalesce(sum(${alarm.times}), 0)` })
			.from(alarm)
			.all();
		return row?.n ?? 0;
	}

	/** Somebody has looked into it. False when there is no such open alarm. Inside a transaction. */
	seen(id: number, by: string, at: string): boolean {
		const { changes } = this.#orm
			.update(alarm)
			.set({ seenBy: by, seenAt: at })
			.where(and(eq(alarm.id, id), isNull(alarm.seenAt)))
			.run();
		if (changes > 0) this.#audit.append(at, 'alarm-seen', { alarm: id, by });
		return changes > 0;
	}
}
