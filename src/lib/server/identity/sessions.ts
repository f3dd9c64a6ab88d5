import { createHash, randomBytes } from 'node:crypto';
import { eq, lt, or, sql } from 'drizzle-orm';
import type { RegisterConnection } from '#lib/server/register/open-register.ts';
import { session } from './schema.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A session ends this long after the officer was last seen, milliseconds. */
export const idleLifetime = 12 * hour;
/** A session ends this long after signing in, however busy, milliseconds. */
export const absoluteLifetime = 7 * 24 * hour;
/** Being seen is written down at most this often, so that reading does not become writing, milliseconds. */
const seenResolution = minute;

export type SignInMethod = (typeof session.$inferSelect)['method'];

/** A session that holds now. `key` names it inside the register; it signs nobody in. */
export interface OpenSession {
	key: string;
	officerId: string;
	startedAt: Date;
	endsAt: Date;
}

/** The signed-in browsers of one council. Time is always an argument. */
export class Sessions {
	readonly #db: RegisterConnection['orm'];

	constructor({ connection }: { connection: Pick<RegisterConnection, 'orm'> }) {
		this.#db = connection.orm;
	}

	/** Begins a session and gives the token for the cookie; it cannot be had again later. */
	start(officerId: string, method: SignInMethod, now: Date): { token: string; endsAt: Date } {
		const token = randomBytes(32).toString('base64url');
		const at = now.toISOString();
		this.#endExpired(now);
		this.#db
			.insert(session)
			.values({ tokenSha256: keyOf(token), officerId, method, startedAt: at, lastSeenAt: at })
			.run();
		return { token, endsAt: new Date(now.getTime() + absoluteLifetime) };
	}

	/** The session of this token if it holds, noting that its officer was seen. */
	resume(token: string, now: Date): OpenSession | null {
		const found = this.holds(keyOf(token), now);
		if (found === null) return null;
		if (now.getTime() - found.lastSeen >= seenResolution)
			this.#db
				.update(session)
				.set({ lastSeenAt: now.toISOString() })
				.where(eq(session.tokenSha256, found.key))
				.run();
		const { lastSeen: _, ...open } = found;
		return open;
	}

	/** Whether a session holds, without counting as being seen: for streams that stay open by themselves. */
	holds(key: string, now: Date): (OpenSession & { lastSeen: number }) | null {
		const row = byKey(this.#db).get({ key });
		if (row === undefined) return null;
		const lastSeen = Date.parse(row.lastSeenAt);
		const ends = Math.min(lastSeen + idleLifetime, Date.parse(row.startedAt) + absoluteLifetime);
		if (now.getTime() >= ends) return null;
		const startedAt = new Date(row.startedAt);
		return { key, officerId: row.officerId, startedAt, endsAt: new Date(ends), lastSeen };
	}

	end(key: string): void {
		this.#db.delete(session).where(eq(session.tokenSha256, key)).run();
	}

	/** Ends every session of an officer, on every device: they left, or a password was changed. */
	endAllOf(officerId: string): void {
		this.#db.delete(session).where(eq(session.officerId, officerId)).run();
	}

	#endExpired(now: Date): void {
		const before = (lifetime: number) => new Date(now.getTime() - lifetime).toISOString();
		this.#db
			.delete(session)
			.where(
				or(
					lt(session.lastSeenAt, before(idleLifetime)),
					lt(session.startedAt, before(absoluteLifetime))
				)
			)
			.run();
	}
}

const prepareByKey = (db: RegisterConnection['orm']) =>
	db
		.select()
		.from(session)
		.where(eq(session.tokenSha256, sql.placeholder('key')))
		.prepare();
const prepared = new WeakMap<RegisterConnection['orm'], ReturnType<typeof prepareByKey>>();

/** Every request asks for its session: the question is put together once for each register. */
function byKey(db: RegisterConnection['orm']): ReturnType<typeof prepareByKey> {
	const known = prepared.get(db) ?? prepareByKey(db);
	prepared.set(db, known);
	return known;
}

/** A token has 256 random bits, so a plain hash is enough to keep it. */
const keyOf = (token: string): string => createHash('sha256').update(token).digest('hex');
