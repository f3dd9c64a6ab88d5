CREATE TABLE `device_lock` (
	`device_id` text PRIMARY KEY NOT NULL,
	`standing` text NOT NULL,
	`changed_by` text,
	`changed_at` text,
	`wrong_pins` integer NOT NULL,
	`last_wrong_at` text,
	FOREIGN KEY (`device_id`) REFERENCES `device`(`id`) ON UPDATE no action ON DELETE no action
);
