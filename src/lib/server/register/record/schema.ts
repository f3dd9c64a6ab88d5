import { sql } from 'drizzle-orm';
import {
	check,
	index,
	integer,
	real,
	sqliteTable,
	text,
	type AnySQLiteColumn
} from 'drizzle-orm/sqlite-core';
import type { RecordKind, RecordOf } from '#lib/domain/records.ts';

/** One table for each kind of record. JSON only for what is open-ended; `seq` is the last change. */

type Field<K extends RecordKind, F extends keyof RecordOf<K>> = NonNullable<RecordOf<K>[F]>;

const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();
const flag = (name: string) => integer(name, { mode: 'boolean' });
const writers = () => json<Record<string, string>>('writers').notNull();
const seq = () => integer('seq').notNull();
const ofCase = () =>
	text('case_id')
		.notNull()
		.references((): AnySQLiteColumn => planningCase.id);
const readable = (name: string, ...columns: AnySQLiteColumn[]) =>
	check(
		name,
		sql.join(
			columns.map((column) => sql`json_valid(${column})`),
			sql` and `
		)
	);

/** What every device knows of an officer; sign-in secrets are elsewhere. */
export const officer = sqliteTable('officer', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	initials: text('initials').notNull(),
	email: text('email').notNull(),
	roles: json<('technician' | 'case-officer' | 'reviewer' | 'administrator')[]>('roles').notNull(),
	active: flag('active').notNull()
});

export const planningCase = sqliteTable(
	'planning_case',
	{
		id: text('id').primaryKey(),
		caseId: text('case_id').notNull(),
		reference: text('reference'),
		provisionalLabel: text('provisional_label'),
		previousReferences: json<string[]>('previous_references').notNull(),
		applicationType: text('application_type').notNull(),
		status: text('status').$type<Field<'case', 'status'>>().notNull(),
		description: text('description').notNull(),
		address: text('address').notNull(),
		uprn: text('uprn'),
		postcode: text('postcode'),
		town: text('town'),
		ward: text('ward'),
		point: json<Field<'case', 'point'>>('point'),
		boundary: json<Field<'case', 'boundary'>>('boundary'),
		statedArea: real('stated_area'),
		receivedOn: text('received_on').notNull(),
		source: text('source').notNull(),
		assignedTo: text('assigned_to').references(() => officer.id),
		gaps: json<string[]>('gaps').notNull(),
		accessNote: text('access_note').notNull(),
		createdAt: text('created_at').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		check('planning_case_is_its_own_file', sql`${t.caseId} = ${t.id}`),
		readable('planning_case_json', t.previousReferences, t.gaps, t.writers),
		index('planning_case_status').on(t.status, t.receivedOn),
		index('planning_case_assigned').on(t.assignedTo, t.status),
		index('planning_case_received').on(t.receivedOn),
		// all that a search sorts and filters by, so that it reads no more of a case than this
		index('planning_case_found').on(
			t.id,
			t.receivedOn,
			t.status,
			t.assignedTo,
			t.applicationType,
			t.reference,
			t.address,
			t.gaps
		)
	]
);

export const submission = sqliteTable(
	'submission',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		sourceId: text('source_id').notNull(),
		source: text('source').notNull(),
		schema: text('schema'),
		receivedAt: text('received_at').notNull(),
		submittedAt: text('submitted_at'),
		payloadSha256: text('payload_sha256').notNull(),
		userRole: text('user_role'),
		fee: json<Field<'submission', 'fee'>>('fee').notNull(),
		ownership: json<Field<'submission', 'ownership'>>('ownership').notNull(),
		cil: text('cil'),
		preAssessment: json<Field<'submission', 'preAssessment'>>('pre_assessment').notNull(),
		documentsRequired: json<string[]>('documents_required').notNull(),
		documentsRecommended: json<string[]>('documents_recommended').notNull(),
		documentsOptional: json<string[]>('documents_optional').notNull(),
		facts: json<Field<'submission', 'facts'>>('facts').notNull(),
		answers: json<Field<'submission', 'answers'>>('answers').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('submission_json', t.fee, t.facts, t.answers, t.writers),
		index('submission_case').on(t.caseId),
		index('submission_source').on(t.sourceId)
	]
);

export const person = sqliteTable(
	'person',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		role: text('role').$type<Field<'person', 'role'>>().notNull(),
		name: text('name').notNull(),
		organisation: text('organisation'),
		email: text('email'),
		phone: text('phone'),
		address: json<Field<'person', 'address'>>('address'),
		detail: json<Field<'person', 'detail'>>('detail').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [readable('person_json', t.detail, t.writers), index('person_case').on(t.caseId)]
);

export const document = sqliteTable(
	'document',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		name: text('name').notNull(),
		tags: json<string[]>('tags').notNull(),
		description: text('description').notNull(),
		drawingNumber: text('drawing_number'),
		sourceUrl: text('source_url'),
		receivedOn: text('received_on'),
		sha256: text('sha256'),
		mime: text('mime'),
		size: integer('size'),
		bytesReceivedAt: text('bytes_received_at'),
		fetchProblem: text('fetch_problem'),
		publicRegisterStatus: text('public_register_status')
			.$type<Field<'document', 'publicRegisterStatus'>>()
			.notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		check('document_sha256', sql`${t.sha256} is null or length(${t.sha256}) = 64`),
		check(
			'document_received_has_hash',
			sql`${t.bytesReceivedAt} is null or ${t.sha256} is not null`
		),
		readable('document_json', t.tags, t.writers),
		index('document_case').on(t.caseId),
		index('document_bytes').on(t.sha256)
	]
);

export const siteConstraint = sqliteTable(
	'site_constraint',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		code: text('code').notNull(),
		dataset: text('dataset'),
		description: text('description').notNull(),
		intersects: flag('intersects').notNull(),
		entities: json<Field<'constraint', 'entities'>>('entities').notNull(),
		geometry: json<Field<'constraint', 'geometry'>>('geometry'),
		source: text('source').$type<Field<'constraint', 'source'>>().notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('site_constraint_json', t.entities, t.writers),
		index('site_constraint_case').on(t.caseId)
	]
);

export const visit = sqliteTable(
	'visit',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		officerId: text('officer_id').notNull(),
		state: text('state').$type<Field<'visit', 'state'>>().notNull(),
		plannedFor: text('planned_for').notNull(),
		plannedTime: text('planned_time').notNull(),
		purpose: text('purpose').notNull(),
		access: text('access').notNull(),
		startedAt: text('started_at'),
		finishedAt: text('finished_at'),
		outcome: text('outcome').$type<Field<'visit', 'outcome'>>(),
		summary: text('summary').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('visit_json', t.writers),
		index('visit_case').on(t.caseId),
		index('visit_officer').on(t.officerId, t.state)
	]
);

/** No foreign key to the visit: a photograph is kept even when its visit has not arrived yet. */
export const photo = sqliteTable(
	'photo',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		visitId: text('visit_id').notNull(),
		number: text('number').notNull(),
		caption: text('caption').notNull(),
		takenBy: text('taken_by').notNull(),
		takenAt: text('taken_at').notNull(),
		device: text('device').notNull(),
		sha256: text('sha256').notNull(),
		mime: text('mime').notNull(),
		size: integer('size').notNull(),
		width: integer('width'),
		height: integer('height'),
		position: json<Field<'photo', 'position'>>('position'),
		heading: json<Field<'photo', 'heading'>>('heading'),
		origin: text('origin').$type<Field<'photo', 'origin'>>().notNull(),
		method: text('method').notNull(),
		originalReceivedAt: text('original_received_at'),
		thumbnailSha256: text('thumbnail_sha256'),
		thumbnailReceivedAt: text('thumbnail_received_at'),
		publicRegisterStatus: text('public_register_status')
			.$type<Field<'photo', 'publicRegisterStatus'>>()
			.notNull(),
		withdrawn: json<Field<'photo', 'withdrawn'>>('withdrawn'),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		check('photo_sha256', sql`length(${t.sha256}) = 64`),
		readable('photo_json', t.writers),
		index('photo_case').on(t.caseId),
		index('photo_bytes').on(t.sha256)
	]
);

export const measurement = sqliteTable(
	'measurement',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		visitId: text('visit_id').notNull(),
		takenBy: text('taken_by').notNull(),
		takenAt: text('taken_at').notNull(),
		what: text('what').notNull(),
		value: real('value').notNull(),
		method: text('method').$type<Field<'measurement', 'method'>>().notNull(),
		tolerance: real('tolerance'),
		remark: text('remark').notNull(),
		withdrawn: json<Field<'measurement', 'withdrawn'>>('withdrawn'),
		writers: writers(),
		seq: seq()
	},
	(t) => [readable('measurement_json', t.writers), index('measurement_case').on(t.caseId)]
);

export const note = sqliteTable(
	'note',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		visitId: text('visit_id'),
		writtenBy: text('written_by').notNull(),
		writtenAt: text('written_at').notNull(),
		text: text('text').notNull(),
		withdrawn: json<Field<'note', 'withdrawn'>>('withdrawn'),
		writers: writers(),
		seq: seq()
	},
	(t) => [readable('note_json', t.writers), index('note_case').on(t.caseId)]
);

export const conflict = sqliteTable(
	'conflict',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		kind: text('kind').notNull(),
		recordId: text('record_id').notNull(),
		field: text('field').notNull(),
		standing: json<Field<'conflict', 'standing'>>('standing').notNull(),
		second: json<Field<'conflict', 'second'>>('second').notNull(),
		blocksDecision: flag('blocks_decision').notNull(),
		resolved: json<Field<'conflict', 'resolved'>>('resolved'),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('conflict_json', t.standing, t.second, t.writers),
		index('conflict_case').on(t.caseId)
	]
);

export const timelineEvent = sqliteTable(
	'timeline_event',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		type: text('type').notNull(),
		at: text('at').notNull(),
		effectiveOn: text('effective_on'),
		by: text('by').notNull(),
		device: text('device'),
		command: text('command').notNull(),
		detail: json<Field<'event', 'detail'>>('detail').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('timeline_event_json', t.detail, t.writers),
		index('timeline_event_case').on(t.caseId)
	]
);

export const pin = sqliteTable(
	'pin',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		officerId: text('officer_id').notNull(),
		pinnedAt: text('pinned_at').notNull(),
		active: flag('active').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		readable('pin_json', t.writers),
		index('pin_case').on(t.caseId),
		index('pin_officer').on(t.officerId)
	]
);

/** What was recorded of an application at validation; one row a case, under the case's own id. */
export const caseFacts = sqliteTable(
	'case_facts',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		developmentType: text('development_type').$type<Field<'facts', 'developmentType'>>(),
		eia: json<Field<'facts', 'eia'>>('eia'),
		cil: json<Field<'facts', 'cil'>>('cil'),
		ownership: json<Field<'facts', 'ownership'>>('ownership'),
		agriculture: json<Field<'facts', 'agriculture'>>('agriculture'),
		councilInterest: text('council_interest').$type<Field<'facts', 'councilInterest'>>(),
		biodiversity: json<Field<'facts', 'biodiversity'>>('biodiversity'),
		writers: writers(),
		seq: seq(),
		feeBasis: json<Field<'facts', 'feeBasis'>>('fee_basis')
	},
	(t) => [
		check('case_facts_of_their_case', sql`${t.caseId} = ${t.id}`),
		readable('case_facts_json', t.writers),
		index('case_facts_case').on(t.caseId)
	]
);

/** What a person found when doing one task of a case. */
export const finding = sqliteTable(
	'finding',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		task: text('task').notNull(),
		value: json<Field<'finding', 'value'>>('value'),
		writers: writers(),
		seq: seq()
	},
	(t) => [readable('finding_json', t.writers), index('finding_case').on(t.caseId)]
);

/** What the clocks of a case count from: one row a case, under the case's id. */
export const caseClock = sqliteTable(
	'case_clock',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		validFrom: text('valid_from'),
		invalidFrom: text('invalid_from'),
		decidedOn: text('decided_on'),
		/** a day, or `outstanding` */
		requiredInformation: text('required_information'),
		approvalRequired: flag('approval_required'),
		agreements: json<Field<'clock', 'agreements'>>('agreements').notNull(),
		publicity: json<Field<'clock', 'publicity'>>('publicity').notNull(),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		check('case_clock_is_of_its_case', sql`${t.caseId} = ${t.id}`),
		readable('case_clock_json', t.agreements, t.publicity, t.writers),
		index('case_clock_case').on(t.caseId)
	]
);

export const payment = sqliteTable(
	'payment',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		kind: text('kind').$type<Field<'payment', 'kind'>>().notNull(),
		pence: integer('pence').notNull(),
		paidOn: text('paid_on').notNull(),
		method: text('method').$type<Field<'payment', 'method'>>().notNull(),
		reference: text('reference').notNull(),
		note: text('note').notNull(),
		recordedBy: text('recorded_by').notNull(),
		recordedAt: text('recorded_at').notNull(),
		withdrawn: json<Field<'payment', 'withdrawn'>>('withdrawn'),
		writers: writers(),
		seq: seq()
	},
	(t) => [
		check('payment_of_something', sql`${t.pence} > 0`),
		readable('payment_json', t.writers),
		index('payment_case').on(t.caseId)
	]
);

/** What an officer said of one check of a case; null once taken back. */
export const checkAnswer = sqliteTable(
	'check_answer',
	{
		id: text('id').primaryKey(),
		caseId: ofCase(),
		rule: text('rule').notNull(),
		value: json<Field<'check', 'value'>>('value'),
		writers: writers(),
		seq: seq()
	},
	(t) => [readable('check_answer_json', t.writers), index('check_answer_case').on(t.caseId)]
);
