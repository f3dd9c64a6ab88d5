CREATE TABLE `payment` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`pence` integer NOT NULL,
	`paid_on` text NOT NULL,
	`method` text NOT NULL,
	`reference` text NOT NULL,
	`note` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	`withdrawn` text,
	`writers` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `planning_case`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_of_something" CHECK("payment"."pence" > 0),
	CONSTRAINT "payment_json" CHECK(json_valid("payment"."writers"))
);
--> statement-breakpoint
CREATE INDEX `payment_case` ON `payment` (`case_id`);--> statement-breakpoint
ALTER TABLE `case_facts` ADD `fee_basis` text;