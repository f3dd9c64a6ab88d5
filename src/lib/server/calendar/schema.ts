import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { officer } from '#lib/server/register/record/schema.ts';

/** The secret address of an officer's calendar: one each, kept as its SHA-256 only. */
export const calendarFeed = sqliteTable('calendar_feed', {
	officerId: text('officer_id')
		.primaryKey()
		.references(() => officer.id),
	tokenSha256: text('token_sha256').notNull().unique(),
	/** instant */
	createdAt: text('created_at').notNull(),
	/** instant, kept to the minute; null while no calendar has asked */
	lastUsedAt: text('last_used_at')
});
