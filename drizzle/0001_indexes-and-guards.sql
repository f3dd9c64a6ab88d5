-- What drizzle-kit cannot express: full text, space, and rows that may only be added.
CREATE VIRTUAL TABLE case_text USING fts5(
	reference, address, postcode, description, people, documents,
	tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
--> statement-breakpoint
CREATE VIRTUAL TABLE case_space USING rtree(n, west, east, south, north);
--> statement-breakpoint
CREATE TRIGGER audit_never_altered BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never altered'); END;
--> statement-breakpoint
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER command_log_never_altered BEFORE UPDATE ON command_log
BEGIN SELECT RAISE(ABORT, 'answered commands are never altered'); END;
--> statement-breakpoint
CREATE TRIGGER command_log_never_deleted BEFORE DELETE ON command_log
BEGIN SELECT RAISE(ABORT, 'answered commands are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER change_log_never_altered BEFORE UPDATE ON change_log
BEGIN SELECT RAISE(ABORT, 'changes are never altered'); END;
--> statement-breakpoint
CREATE TRIGGER change_log_never_deleted BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER quarantine_never_deleted BEFORE DELETE ON quarantine
BEGIN SELECT RAISE(ABORT, 'quarantined commands are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER quarantine_envelope_never_altered BEFORE UPDATE OF envelope ON quarantine
BEGIN SELECT RAISE(ABORT, 'a quarantined envelope is never altered'); END;
