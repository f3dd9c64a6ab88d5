import { sql } from 'drizzle-orm';
import {
	blob as bytesColumn,
	check,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	type AnySQLiteColumn
} from 'drizzle-orm/sqlite-core';

/**
 * What has become of a payload: `filed` as a case · `repair`: cannot become one yet ·
 * `resubmission`: waits for a person to say what it is · `attached` to the case it repeats ·
 * `set-aside` · `superseded` by a mended version.
 */
export const payloadStates = [
	'filed',
	'repair',
	'resubmission',
	'attached',
	'set-aside',
	'superseded'
] as const;
export type PayloadState = (typeof payloadStates)[number];

/** Everything that was ever submitted, byte for byte, and what became of it. */
export const submissionPayload = sqliteTable(
	'submission_payload',
	{
		id: text('id').primaryKey(),
		state: text('state').$type<PayloadState>().notNull(),
		/** `import` or `api:<client>`; a mended version keeps the sender of what it mends */
		sender: text('sender').notNull(),
		/** the sender's own id of the submission, when it could be read */
		sourceId: text('source_id'),
		/** the council code it names, when it could be read */
		organisation: text('organisation'),
		/** of the bytes as they came */
		sha256: text('sha256').notNull(),
		/** of the content whatever its spacing and order of keys; null when it is not JSON */
		contentSha256: text('content_sha256'),
		/** bytes */
		size: integer('size').notNull(),
		receivedAt: text('received_at').notNull(),
		/** the case it became, was attached to, or repeats */
		caseId: text('case_id'),
		/** the payload that this one mends */
		mends: text('mends').references((): AnySQLiteColumn => submissionPayload.id),
		/** who mended, attached, set aside or kept it as a case of its own, when, and why */
		decidedBy: text('decided_by'),
		decidedAt: text('decided_at'),
		reason: text('reason'),
		/** a retention or erasure act took the bytes away and left their hash */
		retiredBy: text('retired_by'),
		retiredAt: text('retired_at'),
		retiredReason: text('retired_reason'),
		bytes: bytesColumn('bytes', { mode: 'buffer' })
	},
	(table) => [
		check(
			'submission_payload_state',
			sql`${table.state} in ('filed', 'repair', 'resubmission', 'attached', 'set-aside', 'superseded')`
		),
		check(
			'submission_payload_bytes',
			sql`(${table.bytes} is null) = (${table.retiredAt} is not null)`
		),
		index('submission_payload_source').on(table.sourceId),
		index('submission_payload_sha256').on(table.sha256),
		index('submission_payload_state').on(table.state, table.receivedAt),
		index('submission_payload_case').on(table.caseId)
	]
);

/** Why a payload cannot become a case: every problem by its path in the JSON. */
export const submissionProblem = sqliteTable(
	'submission_problem',
	{
		payloadId: text('payload_id')
			.notNull()
			.references(() => submissionPayload.id),
		n: integer('n').notNull(),
		path: text('path').notNull(),
		problem: text('problem').notNull()
	},
	(table) => [primaryKey({ columns: [table.payloadId, table.n] })]
);

/** Programs that may send submissions to this council. The token is shown once; here is its SHA-256. */
export const apiToken = sqliteTable('api_token', {
	id: text('id').primaryKey(),
	/** the client's name, as the timeline will say it */
	name: text('name').notNull().unique(),
	tokenSha256: text('token_sha256').notNull().unique(),
	createdAt: text('created_at').notNull(),
	expiresAt: text('expires_at'),
	lastUsedAt: text('last_used_at'),
	revokedAt: text('revoked_at')
});

/** When the register last tried to fetch a document, so that it tries less and less often. */
export const documentFetch = sqliteTable('document_fetch', {
	documentId: text('document_id').primaryKey(),
	attempts: integer('attempts').notNull(),
	triedAt: text('tried_at').notNull()
});
