-- An erasure act may take the content out of an answered command, and nothing else of it.
DROP TRIGGER command_log_never_altered;
--> statement-breakpoint
CREATE TRIGGER command_log_never_altered BEFORE UPDATE ON command_log
WHEN NOT (
	NEW.envelope = json_set(OLD.envelope, '$.payload', json_object('erased', json_extract(NEW.envelope, '$.payload.erased')))
	AND json_type(NEW.envelope, '$.payload.erased') = 'integer'
	AND NEW.id = OLD.id AND NEW.payload_hash = OLD.payload_hash AND NEW.name = OLD.name
	AND NEW.actor = OLD.actor AND NEW.device = OLD.device AND NEW.device_seq = OLD.device_seq
	AND NEW.case_id = OLD.case_id AND NEW.outcome = OLD.outcome AND NEW.code IS OLD.code
	AND NEW.detail IS OLD.detail AND NEW.seq = OLD.seq AND NEW.epoch = OLD.epoch
	AND NEW.receipt = OLD.receipt AND NEW.original_seq = OLD.original_seq
	AND NEW.received_at = OLD.received_at
)
BEGIN SELECT RAISE(ABORT, 'answered commands are never altered'); END;
