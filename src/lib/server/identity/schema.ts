import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { officer } from '#lib/server/register/record/schema.ts';

/** What proves an officer by password. Never leaves the register: no device, no export, no answer holds it. */
export const officerSecret = sqliteTable('officer_secret', {
	officerId: text('officer_id')
		.primaryKey()
		.references(() => officer.id),
	/** argon2id in PHC form, with its own salt and costs */
	passwordHash: text('password_hash').notNull(),
	/** instant */
	setAt: text('set_at').notNull()
});

/** A signed-in browser. The cookie holds the token; here is only its SHA-256, so a stolen copy signs nobody in. */
export const session = sqliteTable(
	'session',
	{
		tokenSha256: text('token_sha256').primaryKey(),
		officerId: text('officer_id')
			.notNull()
			.references(() => officer.id),
		/** how the officer was recognised */
		method: text('method', { enum: ['password', 'single-sign-on'] }).notNull(),
		/** instant */
		startedAt: text('started_at').notNull(),
		/** instant, kept to the minute */
		lastSeenAt: text('last_seen_at').notNull()
	},
	(table) => [index('session_officer').on(table.officerId)]
);
