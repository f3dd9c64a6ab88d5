-- An erasure act may take the content out of what was set aside, and nothing else of it.
DROP TRIGGER quarantine_envelope_never_altered;
--> statement-breakpoint
CREATE TRIGGER quarantine_envelope_never_altered BEFORE UPDATE OF envelope ON quarantine
WHEN NOT (
	NEW.envelope = json_set(OLD.envelope, '$.payload', json_object('erased', json_extract(NEW.envelope, '$.payload.erased')))
	AND json_type(NEW.envelope, '$.payload.erased') = 'integer'
)
BEGIN SELECT RAISE(ABORT, 'a quarantined envelope is never altered'); END;
