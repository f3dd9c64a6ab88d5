CREATE TABLE `case_facts` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`development_type` text,
	`eia` text,
	`cil` text,
	`ownership` text,
	`agriculture` text,
	`council_interest` text,
	`biodiversity` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_facts_of_their_case" CHECK("case_facts"."case_id" = "case_facts"."id"),
	CONSTRAINT "case_facts_json" CHECK(json_valid("case_facts"."writers"))
);
--> statement-breakpoint
CREATE INDEX `case_facts_case` ON `case_facts` (`case_id`);--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`task` text NOT NULL,
	`value` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "finding_json" CHECK(json_valid("finding"."writers"))
);
--> statement-breakpoint
CREATE INDEX `finding_case` ON `finding` (`case_id`);