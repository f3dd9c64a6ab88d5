CREATE TABLE `calendar_feed` (
	`officer_id` text PRIMARY KEY NOT NULL,
	`token_sha256` text NOT NULL,
	`created_at` text NOT NULL,
	`last_used_at` text,
	FOREIGN KEY (`officer_id`) REFERENCES `officer`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_token_sha256_unique` ON `calendar_feed` (`token_sha256`);--> statement-breakpoint
CREATE TABLE `case_clock` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`valid_from` text,
	`invalid_from` text,
	`decided_on` text,
	`required_information` text,
	`approval_required` integer,
	`agreements` text NOT NULL,
	`publicity` text NOT NULL,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_clock_is_of_its_case" CHECK("case_clock"."case_id" = "case_clock"."id"),
	CONSTRAINT "case_clock_json" CHECK(json_valid("case_clock"."agreements") and json_valid("case_clock"."publicity") and json_valid("case_clock"."writers"))
);
--> statement-breakpoint
CREATE INDEX `case_clock_case` ON `case_clock` (`case_id`);--> statement-breakpoint
CREATE TABLE `council_setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`seq` integer NOT NULL,
	`set_at` text NOT NULL,
	`set_by` text NOT NULL
);
