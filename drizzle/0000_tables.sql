CREATE TABLE `blob` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`mime` text NOT NULL,
	`width` integer,
	`height` integer,
	`picture_problem` text,
	`kept_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bytes_received` (
	`case_id` text NOT NULL,
	`of` text NOT NULL,
	`record_id` text NOT NULL,
	`sha256` text NOT NULL,
	`brought_by` text NOT NULL,
	`received_at` text NOT NULL,
	`seq` integer NOT NULL,
	`receipt` text NOT NULL,
	`confirmed` integer NOT NULL,
	PRIMARY KEY(`case_id`, `of`, `record_id`, `sha256`),
	FOREIGN KEY (`sha256`) REFERENCES `blob`(`sha256`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `bytes_received_sha256` ON `bytes_received` (`sha256`);--> statement-breakpoint
CREATE INDEX `bytes_received_unconfirmed` ON `bytes_received` (`case_id`) WHERE "bytes_received"."confirmed" = 0;--> statement-breakpoint
CREATE TABLE `upload` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`of` text NOT NULL,
	`record_id` text NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`officer_id` text NOT NULL,
	`state` text NOT NULL,
	`problem` text,
	`started_at` text NOT NULL,
	`ended_at` text,
	CONSTRAINT "upload_state" CHECK("upload"."state" in ('open', 'received', 'wrong', 'expired'))
);
--> statement-breakpoint
CREATE INDEX `upload_open` ON `upload` (`state`,`started_at`);--> statement-breakpoint
CREATE TABLE `officer_secret` (
	`officer_id` text PRIMARY KEY NOT NULL,
	`password_hash` text NOT NULL,
	`set_at` text NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`officer_id` text NOT NULL,
	`method` text NOT NULL,
	`started_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_officer` ON `session` (`officer_id`);--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`token_sha256` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`last_used_at` text,
	`revoked_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_name_unique` ON `api_token` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_token_sha256_unique` ON `api_token` (`token_sha256`);--> statement-breakpoint
CREATE TABLE `document_fetch` (
	`document_id` text PRIMARY KEY NOT NULL,
	`attempts` integer NOT NULL,
	`tried_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `submission_payload` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`sender` text NOT NULL,
	`source_id` text,
	`organisation` text,
	`sha256` text NOT NULL,
	`content_sha256` text,
	`size` integer NOT NULL,
	`received_at` text NOT NULL,
	`case_id` text,
	`mends` text,
	`decided_by` text,
	`decided_at` text,
	`reason` text,
	`retired_by` text,
	`retired_at` text,
	`retired_reason` text,
	`bytes` blob,
	FOREIGN KEY (`mends`) REFERENCES `submission_payload`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "submission_payload_state" CHECK("submission_payload"."state" in ('filed', 'repair', 'resubmission', 'attached', 'set-aside', 'superseded')),
	CONSTRAINT "submission_payload_bytes" CHECK(("submission_payload"."bytes" is null) = ("submission_payload"."retired_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `submission_payload_source` ON `submission_payload` (`source_id`);--> statement-breakpoint
CREATE INDEX `submission_payload_sha256` ON `submission_payload` (`sha256`);--> statement-breakpoint
CREATE INDEX `submission_payload_state` ON `submission_payload` (`state`,`received_at`);--> statement-breakpoint
CREATE INDEX `submission_payload_case` ON `submission_payload` (`case_id`);--> statement-breakpoint
CREATE TABLE `submission_problem` (
	`payload_id` text NOT NULL,
	`n` integer NOT NULL,
	`path` text NOT NULL,
	`problem` text NOT NULL,
	PRIMARY KEY(`payload_id`, `n`),
	FOREIGN KEY (`payload_id`) REFERENCES `submission_payload`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `conflict` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`record_id` text NOT NULL,
	`field` text NOT NULL,
	`standing` text NOT NULL,
	`second` text NOT NULL,
	`blocks_decision` integer NOT NULL,
	`resolved` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "conflict_json" CHECK(json_valid("conflict"."standing") and json_valid("conflict"."second") and json_valid("conflict"."writers"))
);
--> statement-breakpoint
CREATE INDEX `conflict_case` ON `conflict` (`case_id`);--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`name` text NOT NULL,
	`tags` text NOT NULL,
	`description` text NOT NULL,
	`drawing_number` text,
	`source_url` text,
	`received_on` text,
	`sha256` text,
	`mime` text,
	`size` integer,
	`bytes_received_at` text,
	`fetch_problem` text,
	`public_register_status` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "document_sha256" CHECK("document"."sha256" is null or length("document"."sha256") = 64),
	CONSTRAINT "document_received_has_hash" CHECK("document"."bytes_received_at" is null or "document"."sha256" is not null),
	CONSTRAINT "document_json" CHECK(json_valid("document"."tags") and json_valid("document"."writers"))
);
--> statement-breakpoint
CREATE INDEX `document_case` ON `document` (`case_id`);--> statement-breakpoint
CREATE INDEX `document_bytes` ON `document` (`sha256`);--> statement-breakpoint
CREATE TABLE `measurement` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`taken_by` text NOT NULL,
	`taken_at` text NOT NULL,
	`what` text NOT NULL,
	`value` real NOT NULL,
	`method` text NOT NULL,
	`tolerance` real,
	`remark` text NOT NULL,
	`withdrawn` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "measurement_json" CHECK(json_valid("measurement"."writers"))
);
--> statement-breakpoint
CREATE INDEX `measurement_case` ON `measurement` (`case_id`);--> statement-breakpoint
CREATE TABLE `note` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`visit_id` text,
	`written_by` text NOT NULL,
	`written_at` text NOT NULL,
	`text` text NOT NULL,
	`withdrawn` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "note_json" CHECK(json_valid("note"."writers"))
);
--> statement-breakpoint
CREATE INDEX `note_case` ON `note` (`case_id`);--> statement-breakpoint
CREATE TABLE `officer` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`initials` text NOT NULL,
	`email` text NOT NULL,
	`roles` text NOT NULL,
	`active` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`organisation` text,
	`email` text,
	`phone` text,
	`address` text,
	`detail` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "person_json" CHECK(json_valid("person"."detail") and json_valid("person"."writers"))
);
--> statement-breakpoint
CREATE INDEX `person_case` ON `person` (`case_id`);--> statement-breakpoint
CREATE TABLE `photo` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`number` text NOT NULL,
	`caption` text NOT NULL,
	`taken_by` text NOT NULL,
	`taken_at` text NOT NULL,
	`device` text NOT NULL,
	`sha256` text NOT NULL,
	`mime` text NOT NULL,
	`size` integer NOT NULL,
	`width` integer,
	`height` integer,
	`position` text,
	`heading` text,
	`origin` text NOT NULL,
	`method` text NOT NULL,
	`original_received_at` text,
	`thumbnail_sha256` text,
	`thumbnail_received_at` text,
	`public_register_status` text NOT NULL,
	`withdrawn` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "photo_sha256" CHECK(length("photo"."sha256") = 64),
	CONSTRAINT "photo_json" CHECK(json_valid("photo"."writers"))
);
--> statement-breakpoint
CREATE INDEX `photo_case` ON `photo` (`case_id`);--> statement-breakpoint
CREATE INDEX `photo_bytes` ON `photo` (`sha256`);--> statement-breakpoint
CREATE TABLE `pin` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`pinned_at` text NOT NULL,
	`active` integer NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pin_json" CHECK(json_valid("pin"."writers"))
);
--> statement-breakpoint
CREATE INDEX `pin_case` ON `pin` (`case_id`);--> statement-breakpoint
CREATE INDEX `pin_officer` ON `pin` (`officer_id`);--> statement-breakpoint
CREATE TABLE `planning_case` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`reference` text,
	`provisional_label` text,
	`previous_references` text NOT NULL,
	`application_type` text NOT NULL,
	`status` text NOT NULL,
	`description` text NOT NULL,
	`address` text NOT NULL,
	`uprn` text,
	`postcode` text,
	`town` text,
	`ward` text,
	`point` text,
	`boundary` text,
	`stated_area` real,
	`received_on` text NOT NULL,
	`source` text NOT NULL,
	`assigned_to` text,
	`gaps` text NOT NULL,
	`access_note` text NOT NULL,
	`created_at` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`assigned_to`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "planning_case_is_its_own_file" CHECK("planning_case"."case_id" = "planning_case"."id"),
	CONSTRAINT "planning_case_json" CHECK(json_valid("planning_case"."previous_references") and json_valid("planning_case"."gaps") and json_valid("planning_case"."writers"))
);
--> statement-breakpoint
CREATE INDEX `planning_case_status` ON `planning_case` (`status`,`received_on`);--> statement-breakpoint
CREATE INDEX `planning_case_assigned` ON `planning_case` (`assigned_to`,`status`);--> statement-breakpoint
CREATE INDEX `planning_case_received` ON `planning_case` (`received_on`);--> statement-breakpoint
CREATE TABLE `site_constraint` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`code` text NOT NULL,
	`dataset` text,
	`description` text NOT NULL,
	`intersects` integer NOT NULL,
	`entities` text NOT NULL,
	`geometry` text,
	`source` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "site_constraint_json" CHECK(json_valid("site_constraint"."entities") and json_valid("site_constraint"."writers"))
);
--> statement-breakpoint
CREATE INDEX `site_constraint_case` ON `site_constraint` (`case_id`);--> statement-breakpoint
CREATE TABLE `submission` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`source_id` text NOT NULL,
	`source` text NOT NULL,
	`schema` text,
	`received_at` text NOT NULL,
	`submitted_at` text,
	`payload_sha256` text NOT NULL,
	`user_role` text,
	`fee` text NOT NULL,
	`ownership` text NOT NULL,
	`cil` text,
	`pre_assessment` text NOT NULL,
	`documents_required` text NOT NULL,
	`documents_recommended` text NOT NULL,
	`documents_optional` text NOT NULL,
	`facts` text NOT NULL,
	`answers` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "submission_json" CHECK(json_valid("submission"."fee") and json_valid("submission"."facts") and json_valid("submission"."answers") and json_valid("submission"."writers"))
);
--> statement-breakpoint
CREATE INDEX `submission_case` ON `submission` (`case_id`);--> statement-breakpoint
CREATE INDEX `submission_source` ON `submission` (`source_id`);--> statement-breakpoint
CREATE TABLE `timeline_event` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`type` text NOT NULL,
	`at` text NOT NULL,
	`effective_on` text,
	`by` text NOT NULL,
	`device` text,
	`command` text NOT NULL,
	`detail` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "timeline_event_json" CHECK(json_valid("timeline_event"."detail") and json_valid("timeline_event"."writers"))
);
--> statement-breakpoint
CREATE INDEX `timeline_event_case` ON `timeline_event` (`case_id`);--> statement-breakpoint
CREATE TABLE `visit` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`state` text NOT NULL,
	`planned_for` text NOT NULL,
	`planned_time` text NOT NULL,
	`purpose` text NOT NULL,
	`access` text NOT NULL,
	`started_at` text,
	`finished_at` text,
	`outcome` text,
	`summary` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "visit_json" CHECK(json_valid("visit"."writers"))
);
--> statement-breakpoint
CREATE INDEX `visit_case` ON `visit` (`case_id`);--> statement-breakpoint
CREATE INDEX `visit_officer` ON `visit` (`officer_id`,`state`);--> statement-breakpoint
CREATE TABLE `audit` (
	`n` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`what` text NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_salt` (
	`n` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `case_index` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_index_case_id_unique` ON `case_index` (`case_id`);--> statement-breakpoint
CREATE TABLE `change_log` (
	`seq` integer NOT NULL,
	`n` integer NOT NULL,
	`op` text NOT NULL,
	`kind` text,
	`record_id` text,
	`case_id` text,
	`officer_id` text,
	`command_id` text,
	PRIMARY KEY(`seq`, `n`),
	CONSTRAINT "change_log_op" CHECK(("change_log"."op" = 'put' and "change_log"."kind" is not null and "change_log"."record_id" is not null and "change_log"."case_id" is not null)
			or ("change_log"."op" in ('scope-add', 'scope-remove') and "change_log"."officer_id" is not null and "change_log"."case_id" is not null)
			or "change_log"."op" = 'officers')
);
--> statement-breakpoint
CREATE INDEX `change_log_case` ON `change_log` (`case_id`,`seq`);--> statement-breakpoint
CREATE INDEX `change_log_officer` ON `change_log` (`officer_id`,`seq`);--> statement-breakpoint
CREATE TABLE `command_log` (
	`id` text PRIMARY KEY NOT NULL,
	`payload_hash` text NOT NULL,
	`envelope` text NOT NULL,
	`name` text NOT NULL,
	`actor` text NOT NULL,
	`device` text NOT NULL,
	`device_seq` integer NOT NULL,
	`case_id` text NOT NULL,
	`outcome` text NOT NULL,
	`code` text,
	`detail` text,
	`seq` integer NOT NULL,
	`epoch` text NOT NULL,
	`receipt` text NOT NULL,
	`original_seq` integer NOT NULL,
	`received_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `command_log_seq_unique` ON `command_log` (`seq`);--> statement-breakpoint
CREATE INDEX `command_log_case` ON `command_log` (`case_id`,`seq`);--> statement-breakpoint
CREATE INDEX `command_log_device` ON `command_log` (`device`,`case_id`);--> statement-breakpoint
CREATE INDEX `command_log_actor` ON `command_log` (`actor`,`seq`);--> statement-breakpoint
CREATE TABLE `counter` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `device` (
	`id` text PRIMARY KEY NOT NULL,
	`officer_id` text NOT NULL,
	`letter` text NOT NULL,
	`first_seen` text NOT NULL,
	`last_seen` text NOT NULL,
	`last_device_seq` integer NOT NULL,
	`missing` text NOT NULL,
	`restarted_at` text,
	FOREIGN KEY (`officer_id`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `device_officer` ON `device` (`officer_id`);--> statement-breakpoint
CREATE TABLE `epoch` (
	`id` text PRIMARY KEY NOT NULL,
	`after_seq` integer NOT NULL,
	`started_at` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `issued_number` (
	`number` integer PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`reference` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issued_number_case_id_unique` ON `issued_number` (`case_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `issued_number_reference_unique` ON `issued_number` (`reference`);--> statement-breakpoint
CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`id` text PRIMARY KEY NOT NULL,
	`command_id` text,
	`envelope` text NOT NULL,
	`case_id` text,
	`actor` text,
	`sent_by` text NOT NULL,
	`code` text NOT NULL,
	`detail` text,
	`original_seq` integer,
	`seq` integer NOT NULL,
	`epoch` text NOT NULL,
	`state` text NOT NULL,
	`received_at` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text,
	CONSTRAINT "quarantine_state" CHECK("quarantine"."state" in ('waiting', 'accepted', 'declined'))
);
--> statement-breakpoint
CREATE INDEX `quarantine_state_received` ON `quarantine` (`state`,`received_at`);--> statement-breakpoint
CREATE INDEX `quarantine_command` ON `quarantine` (`command_id`);--> statement-breakpoint
CREATE INDEX `quarantine_case` ON `quarantine` (`case_id`,`state`);--> statement-breakpoint
CREATE TABLE `reference_form` (
	`form` text NOT NULL,
	`case_id` text NOT NULL,
	`current` integer NOT NULL,
	PRIMARY KEY(`form`, `case_id`),
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reference_form_case` ON `reference_form` (`case_id`);--> statement-breakpoint
CREATE TABLE `scope` (
	`officer_id` text NOT NULL,
	`case_id` text NOT NULL,
	`reason` text NOT NULL,
	`until` text,
	PRIMARY KEY(`officer_id`, `case_id`, `reason`),
	FOREIGN KEY (`officer_id`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `scope_case` ON `scope` (`case_id`);--> statement-breakpoint
CREATE INDEX `scope_until` ON `scope` (`until`);