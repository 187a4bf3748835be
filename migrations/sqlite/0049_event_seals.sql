-- Each day of the access log is sealed by a line of the security log (api/audit/FORMAT.md).

-- Which run of seals covers the row; NULL: none yet, 0: it is older than the seals.
ALTER TABLE access_events ADD COLUMN seal BIGINT;
-- What was shown, as a digest under the salt: an erasure takes badge, pass and salt, and the row's
-- seal goes on to hold.
ALTER TABLE access_events ADD COLUMN shown_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE access_events ADD COLUMN shown_mark TEXT NOT NULL DEFAULT '';
UPDATE access_events SET seal = 0;
CREATE INDEX access_events_seal ON access_events(town_id, seal, received_at);
