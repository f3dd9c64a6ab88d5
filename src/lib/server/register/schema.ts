import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Outcome } from '#lib/commands/envelope.ts';
import { officer, planningCase } from './record/schema.ts';

/** Named whole numbers: the sequence, the case number, sizes of scopes. */
export const counter = sqliteTable('counter', {
	name: text('name').primaryKey(),
	value: integer('value').notNull()
});

/** Facts about the register itself: its epoch, the id it acts under as a device. */
export const meta = sqliteTable('meta', {
	name: text('name').primaryKey(),
	value: text('value').notNull()
});

/** Every epoch this register has lived through; a restore begins a new one. */
export const epoch = sqliteTable('epoch', {
	id: text('id').primaryKey(),
	/** the first sequence number given in it is one more than this */
	afterSeq: integer('after_seq').notNull(),
	startedAt: text('started_at').notNull(),
	reason: text('reason').notNull()
});

/** What changed, in the one order that counts. Several rows share the number of their command. */
export const changeLog = sqliteTable(
	'change_log',
	{
		seq: integer('seq').notNull(),
		n: integer('n').notNull(),
		op: text('op').$type<'put' | 'scope-add' | 'scope-remove' | 'officers'>().notNull(),
		kind: text('kind'),
		recordId: text('record_id'),
		caseId: text('case_id'),
		/** whose scope, for `scope-add` and `scope-remove` */
		officerId: text('officer_id'),
		commandId: text('command_id')
	},
	(t) => [
		primaryKey({ columns: [t.seq, t.n] }),
		check(
			'change_log_op',
			sql`(${t.op} = 'put' and ${t.kind} is not null and ${t.recordId} is not null and ${t.caseId} is not null)
			or (${t.op} in ('scope-add', 'scope-remove') and ${t.officerId} is not null and ${t.caseId} is not null)
			or ${t.op} = 'officers'`
		),
		index('change_log_case').on(t.caseId, t.seq),
		index('change_log_officer').on(t.officerId, t.seq)
	]
);

/** Every command that was ever answered, with the envelope as it came. Append-only by trigger. */
export const commandLog = sqliteTable(
	'command_log',
	{
		id: text('id').primaryKey(),
		payloadHash: text('payload_hash').notNull(),
		/** canonical JSON of the envelope as it was sent */
		envelope: text('envelope').notNull(),
		name: text('name').notNull(),
		actor: text('actor').notNull(),
		device: text('device').notNull(),
		deviceSeq: integer('device_seq').notNull(),
		caseId: text('case_id').notNull(),
		outcome: text('outcome').$type<Outcome>().notNull(),
		code: text('code'),
		detail: text('detail'),
		seq: integer('seq').notNull().unique(),
		epoch: text('epoch').notNull(),
		receipt: text('receipt').notNull(),
		/** its place in the history that a restore lost; equal to `seq` for everything else */
		originalSeq: integer('original_seq').notNull(),
		receivedAt: text('received_at').notNull()
	},
	(t) => [
		index('command_log_case').on(t.caseId, t.seq),
		index('command_log_device').on(t.device, t.caseId),
		index('command_log_actor').on(t.actor, t.seq)
	]
);

/** What no rule could decide, kept whole until a person does, and afterwards too. */
export const quarantine = sqliteTable(
	'quarantine',
	{
		id: text('id').primaryKey(),
		/** id inside the envelope, when it could be read */
		commandId: text('command_id'),
		/** the envelope exactly as it came */
		envelope: text('envelope').notNull(),
		caseId: text('case_id'),
		actor: text('actor'),
		/** the officer who was signed in when it arrived */
		sentBy: text('sent_by').notNull(),
		code: text('code').notNull(),
		detail: text('detail'),
		/** place in a lost history, when a receipt of ours vouches for it */
		originalSeq: integer('original_seq'),
		/** number and epoch of the answer its sender got */
		seq: integer('seq').notNull(),
		epoch: text('epoch').notNull(),
		state: text('state').$type<'waiting' | 'accepted' | 'declined'>().notNull(),
		receivedAt: text('received_at').notNull(),
		decidedBy: text('decided_by'),
		decidedAt: text('decided_at'),
		reason: text('reason'),
		/** number under which the decision is told to the device that sent it */
		decidedSeq: integer('decided_seq')
	},
	(t) => [
		check('quarantine_state', sql`${t.state} in ('waiting', 'accepted', 'declined')`),
		index('quarantine_state_received').on(t.state, t.receivedAt),
		index('quarantine_command').on(t.commandId),
		index('quarantine_case').on(t.caseId, t.state),
		index('quarantine_decided').on(t.sentBy, t.decidedSeq)
	]
);

/** Who did what, chained by hash: each row's hash covers the one before. Append-only by trigger. */
export const audit = sqliteTable('audit', {
	n: integer('n').primaryKey(),
	at: text('at').notNull(),
	what: text('what').notNull(),
	/** canonical JSON; people's data only as a salted hash */
	body: text('body').notNull(),
	hash: text('hash').notNull()
});

/** Salts of the hashes in audit bodies. Erasing a row here unlinks a person and breaks no chain. */
export const auditSalt = sqliteTable('audit_salt', {
	n: integer('n').primaryKey(),
	salt: text('salt').notNull()
});

/** Why a case is on an officer's devices. One case may be there for several reasons. */
export const scope = sqliteTable(
	'scope',
	{
		officerId: text('officer_id')
			.notNull()
			.references(() => officer.id),
		caseId: text('case_id')
			.notNull()
			.references(() => planningCase.id),
		reason: text('reason').notNull(),
		/** an instant, when the reason ends by itself */
		until: text('until')
	},
	(t) => [
		primaryKey({ columns: [t.officerId, t.caseId, t.reason] }),
		index('scope_case').on(t.caseId),
		index('scope_until').on(t.until)
	]
);

/** A browser on one machine, signed in as one officer. */
export const device = sqliteTable(
	'device',
	{
		id: text('id').primaryKey(),
		officerId: text('officer_id')
			.notNull()
			.references(() => officer.id),
		/** empty for the first device of these initials, then B, C … */
		letter: text('letter').notNull(),
		firstSeen: text('first_seen').notNull(),
		lastSeen: text('last_seen').notNull(),
		lastDeviceSeq: integer('last_device_seq').notNull(),
		/** ranges of this device's count that have not arrived: `[[from, to], …]` */
		missing: text('missing', { mode: 'json' }).$type<[number, number][]>().notNull(),
		/** when its count began again: the browser had lost its storage */
		restartedAt: text('restarted_at')
	},
	(t) => [index('device_officer').on(t.officerId)]
);

/** Every form of every reference, in capitals, and the case it finds. */
export const referenceForm = sqliteTable(
	'reference_form',
	{
		form: text('form').notNull(),
		caseId: text('case_id')
			.notNull()
			.references(() => planningCase.id),
		current: integer('current', { mode: 'boolean' }).notNull()
	},
	(t) => [primaryKey({ columns: [t.form, t.caseId] }), index('reference_form_case').on(t.caseId)]
);

/** The council's case numbers as given out: none is given twice. */
export const issuedNumber = sqliteTable('issued_number', {
	number: integer('number').primaryKey(),
	caseId: text('case_id').notNull().unique(),
	reference: text('reference').notNull().unique()
});

/** A whole number for each case, by which the full-text and spatial indexes know it. */
export const caseIndex = sqliteTable('case_index', {
	n: integer('n').primaryKey({ autoIncrement: true }),
	caseId: text('case_id')
		.notNull()
		.unique()
		.references(() => planningCase.id)
});

/** What the council has chosen or been given, by name (domain/council-settings.ts). Devices hold a copy. */
export const councilSetting = sqliteTable('council_setting', {
	name: text('name').primaryKey(),
	/** JSON */
	value: text('value').notNull(),
	/** its place in the sequence: devices behind it fetch it */
	seq: integer('seq').notNull(),
	setAt: text('set_at').notNull(),
	/** officer id, or `system` for the operator's command */
	setBy: text('set_by').notNull()
});
