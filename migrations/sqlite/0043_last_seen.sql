-- When somebody was last there: their account was made, or they signed in. Sessions go too early to tell
-- an account that nobody uses.
ALTER TABLE people ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE people SET seen_at = CAST(strftime('%s', 'now') AS INTEGER);
CREATE TRIGGER people_made AFTER INSERT ON people
WHEN NEW.seen_at = 0
BEGIN
    UPDATE people SET seen_at = CAST(strftime('%s', 'now') AS INTEGER) WHERE id = NEW.id;
END;
CREATE TRIGGER people_seen AFTER INSERT ON sessions
BEGIN
    UPDATE people SET seen_at = MAX(seen_at, NEW.created_at) WHERE id = NEW.person_id;
END;
