import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { UploadMetadata } from '#lib/commands/protocol.ts';

/** Bytes that are in the blob store, whole and verified by hash. */
export const blob = sqliteTable('blob', {
	sha256: text('sha256').primaryKey(),
	/** bytes */
	size: integer('size').notNull(),
	/** told from the bytes (file-type.ts), never from a name */
	mime: text('mime').notNull(),
	/** pixels of a picture whose header could be read */
	width: integer('width'),
	height: integer('height'),
	/** why a picture is not decoded here */
	pictureProblem: text('picture_problem'),
	/** instant of the last time these bytes were verified while arriving */
	keptAt: text('kept_at').notNull()
});

/** For which record of which case bytes have been received, and the receipt that was given. */
export const bytesReceived = sqliteTable(
	'bytes_received',
	{
		caseId: text('case_id').notNull(),
		of: text('of').$type<UploadMetadata['of']>().notNull(),
		/** photo or document id */
		recordId: text('record_id').notNull(),
		sha256: text('sha256')
			.notNull()
			.references(() => blob.sha256),
		/** officer id, or `system` when the register fetched them */
		broughtBy: text('brought_by').notNull(),
		receivedAt: text('received_at').notNull(),
		/** of the command that told the devices; of a refused one while the record waits in quarantine */
		seq: integer('seq').notNull(),
		receipt: text('receipt').notNull(),
		/** false while the words these bytes belong to wait in quarantine */
		confirmed: integer('confirmed', { mode: 'boolean' }).notNull()
	},
	(table) => [
		primaryKey({ columns: [table.caseId, table.of, table.recordId, table.sha256] }),
		index('bytes_received_sha256').on(table.sha256),
		index('bytes_received_unconfirmed')
			.on(table.caseId)
			.where(sql`${table.confirmed} = 0`)
	]
);

/** An upload from its beginning to its end; also the journal of those that came to nothing. */
export const upload = sqliteTable(
	'upload',
	{
		/** 128 random bits: the name of the part file and the last segment of the address */
		id: text('id').primaryKey(),
		caseId: text('case_id').notNull(),
		of: text('of').$type<UploadMetadata['of']>().notNull(),
		recordId: text('record_id').notNull(),
		sha256: text('sha256').notNull(),
		/** bytes announced */
		size: integer('size').notNull(),
		/** only this officer goes on with it */
		officerId: text('officer_id').notNull(),
		state: text('state').$type<'open' | 'received' | 'wrong' | 'expired'>().notNull(),
		/** what was wrong with the bytes */
		problem: text('problem'),
		startedAt: text('started_at').notNull(),
		endedAt: text('ended_at')
	},
	(table) => [
		check('upload_state', sql`${table.state} in ('open', 'received', 'wrong', 'expired')`),
		index('upload_open').on(table.state, table.startedAt)
	]
);
