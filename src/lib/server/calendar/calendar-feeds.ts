import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Officer } from '#lib/domain/officer.ts';
import { audited } from '../register/audited.ts';
import type { Register } from '../register/register.ts';
import { calendarFeed } from './schema.ts';

/** Last use is written down at most this often, milliseconds. */
const usedResolution = 60_000;

// 256 random bits: a plain hash is enough to keep a token
const keyOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The secret addresses at which officers' calendars fetch their clocks: one each, until revoked. */
export class CalendarFeeds {
	readonly #register: Register;

	constructor(register: Register) {
		this.#register = register;
	}

	/** When this officer's address was made, and last asked for; null where there is none. */
	of(officerId: string): { createdAt: string; lastUsedAt: string | null } | null {
		const row = this.#register.connection.orm
			.select()
			.from(calendarFeed)
			.where(eq(calendarFeed.officerId, officerId))
			.get();
		return row === undefined ? null : { createdAt: row.createdAt, lastUsedAt: row.lastUsedAt };
	}

	/** Makes a new address, and an earlier one worthless. @returns its secret, which nobody can read again */
	create(officerId: string, now: Date): string {
		const token = randomBytes(32).toString('base64url');
		const row = { tokenSha256: keyOf(token), createdAt: now.toISOString(), lastUsedAt: null };
		this.#register.transaction(() => {
			this.#register.connection.orm
				.insert(calendarFeed)
				.values({ officerId, ...row })
				.onConflictDoUpdate({ target: calendarFeed.officerId, set: row })
				.run();
			audited(this.#register, now, 'calendar-address-made', { officer: officerId });
		});
		return token;
	}

	/** False when there was none. */
	revoke(officerId: string, now: Date): boolean {
		return this.#register.transaction(() => {
			const { changes } = this.#register.connection.orm
				.delete(calendarFeed)
				.where(eq(calendarFeed.officerId, officerId))
				.run();
			if (changes > 0)
				audited(this.#register, now, 'calendar-address-revoked', { officer: officerId });
			return changes > 0;
		});
	}

	/** Whose address this is; null for a wrong or revoked one, and when its officer has left. */
	officerFor(token: string, now: Date): Officer | null {
		const { orm } = this.#register.connection;
		const row = orm
			.select()
			.from(calendarFeed)
			.where(eq(calendarFeed.tokenSha256, keyOf(token)))
			.get();
		const officer = row === undefined ? undefined : this.#register.officers().get(row.officerId);
		if (row === undefined || officer?.active !== true) return null;
		if (now.getTime() - Date.parse(row.lastUsedAt ?? '1970-01-01') >= usedResolution)
			orm
				.update(calendarFeed)
				.set({ lastUsedAt: now.toISOString() })
				.where(eq(calendarFeed.officerId, row.officerId))
				.run();
		return officer;
	}
}
