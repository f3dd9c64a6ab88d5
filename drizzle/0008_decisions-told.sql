ALTER TABLE `quarantine` ADD `decided_seq` integer;--> statement-breakpoint
CREATE INDEX `quarantine_decided` ON `quarantine` (`sent_by`,`decided_seq`);