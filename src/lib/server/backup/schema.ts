import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { epoch } from '#lib/server/register/schema.ts';

/** Restores from a backup, each with the epoch that it began. */
export const restore = sqliteTable('restore', {
	epoch: text('epoch')
		.primaryKey()
		.references(() => epoch.id),
	/** the backup's folder name */
	backup: text('backup').notNull(),
	/** the moment the register was put back to, an instant */
	takenAt: text('taken_at').notNull(),
	/** the last number it held then */
	seq: integer('seq').notNull(),
	/** when it was restored, an instant */
	restoredAt: text('restored_at').notNull()
});
