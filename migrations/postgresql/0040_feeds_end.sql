-- Addresses of calendars end with the account, as its sessions and tokens do: who comes back makes
-- new ones.
CREATE FUNCTION end_feeds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE feeds SET revoked_at = EXTRACT(EPOCH FROM now())::BIGINT
    WHERE reader_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END;
$$;
CREATE TRIGGER people_disabled_feeds AFTER UPDATE OF enabled ON people
FOR EACH ROW WHEN (NEW.enabled = 0) EXECUTE FUNCTION end_feeds();
