CREATE TABLE `check_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`rule` text NOT NULL,
	`value` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "check_answer_json" CHECK(json_valid("check_answer"."writers"))
);
--> statement-breakpoint
CREATE INDEX `check_answer_case` ON `check_answer` (`case_id`);