-- Addresses of calendars end with the account, as its sessions and tokens do: who comes back makes
-- new ones.
CREATE TRIGGER people_disabled_feeds AFTER UPDATE OF enabled ON people
WHEN NEW.enabled = 0
BEGIN
    UPDATE feeds SET revoked_at = CAST(strftime('%s', 'now') AS INTEGER)
    WHERE reader_id = NEW.id AND revoked_at IS NULL;
END;
