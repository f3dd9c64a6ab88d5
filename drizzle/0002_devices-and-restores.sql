CREATE TABLE `restore` (
	`epoch` text PRIMARY KEY NOT NULL,
	`backup` text NOT NULL,
	`taken_at` text NOT NULL,
	`seq` integer NOT NULL,
	`restored_at` text NOT NULL,
	FOREIGN KEY (`epoch`) REFERENCES `epoch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `alarm` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`last_at` text NOT NULL,
	`times` integer NOT NULL,
	`what` text NOT NULL,
	`device` text NOT NULL,
	`officer_id` text NOT NULL,
	`claimed` integer NOT NULL,
	`head` integer NOT NULL,
	`seen_by` text,
	`seen_at` text
);
--> statement-breakpoint
CREATE INDEX `alarm_open` ON `alarm` (`device`,`what`) WHERE "alarm"."seen_at" is null;--> statement-breakpoint
CREATE TABLE `device_report` (
	`device_id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`app` text NOT NULL,
	`unsent` integer NOT NULL,
	`oldest_unsent` text,
	`numbered` integer NOT NULL,
	`waiting` text NOT NULL,
	`online` text NOT NULL,
	FOREIGN KEY (`device_id`) REFERENCES `device`(`id`) ON UPDATE no action ON DELETE no action
);
