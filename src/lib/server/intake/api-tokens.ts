import { createHash, randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Register } from '../register/register.ts';
import { audited } from '../register/audited.ts';
import { apiToken } from './schema.ts';

export type ApiToken = Omit<typeof apiToken.$inferSelect, 'tokenSha256'>;

/** Last use is written down at most this often, milliseconds. */
const usedResolution = 60_000;

// 256 random bits: a plain hash is enough to keep a token
const keyOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The bearer tokens of one council: each names a program that may send it submissions. */
export class ApiTokens {
	readonly #register: Register;

	constructor(register: Register) {
		this.#register = register;
	}

	/** @returns the token, which nobody can read again; null when the name is taken */
	add(name: string, expiresAt: Date | null, now: Date): { token: string; id: string } | null {
		return this.#register.transaction(() => {
			const { orm: db } = this.#register.connection;
			if (db.select().from(apiToken).where(eq(apiToken.name, name)).get() !== undefined)
				return null;
			const token = `bops_${randomBytes(32).toString('base64url')}`;
			const id = v7();
			db.insert(apiToken)
				.values({
					id,
					name,
					tokenSha256: keyOf(token),
					createdAt: now.toISOString(),
					expiresAt: expiresAt?.toISOString() ?? null,
					lastUsedAt: null,
					revokedAt: null
				})
				.run();
			audited(this.#register, now, 'token-added', { token: id, name });
			return { token, id };
		});
	}

	list(): ApiToken[] {
		return this.#register.connection.orm
			.select()
			.from(apiToken)
			.orderBy(asc(apiToken.name))
			.all()
			.map(({ tokenSha256: _secret, ...row }) => row);
	}

	/** False when there is no such token, or it was revoked before. */
	revoke(name: string, now: Date): boolean {
		return this.#register.transaction(() => {
			const { orm: db } = this.#register.connection;
			const row = db.select().from(apiToken).where(eq(apiToken.name, name)).get();
			if (row === undefined || row.revokedAt !== null) return false;
			db.update(apiToken)
				.set({ revokedAt: now.toISOString() })
				.where(eq(apiToken.id, row.id))
				.run();
			audited(this.#register, now, 'token-revoked', { token: row.id, name });
			return true;
		});
	}

	/** Whose token this is, when it holds now. */
	client(token: string, now: Date): { id: string; name: string } | 'expired' | null {
		const { orm: db } = this.#register.connection;
		const row = db
			.select()
			.from(apiToken)
			.where(eq(apiToken.tokenSha256, keyOf(token)))
			.get();
		if (row === undefined) return null;
		if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now.toISOString()))
			return 'expired';
		if (now.getTime() - Date.parse(row.lastUsedAt ?? '1970-01-01') >= usedResolution)
			db.update(apiToken)
				.set({ lastUsedAt: now.toISOString() })
				.where(eq(apiToken.id, row.id))
				.run();
		return { id: row.id, name: row.name };
	}
}
