-- When somebody was last there: their account was made, or they signed in. Sessions go too early to tell
-- an account that nobody uses.
ALTER TABLE people ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE people SET seen_at = EXTRACT(EPOCH FROM now())::BIGINT;
CREATE FUNCTION note_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE people SET seen_at = EXTRACT(EPOCH FROM now())::BIGINT WHERE id = NEW.id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER people_made AFTER INSERT ON people
FOR EACH ROW WHEN (NEW.seen_at = 0) EXECUTE FUNCTION note_made();
CREATE FUNCTION note_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE people SET seen_at = GREATEST(seen_at, NEW.created_at) WHERE id = NEW.person_id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER people_seen AFTER INSERT ON sessions
FOR EACH ROW EXECUTE FUNCTION note_seen();
