-- A round may leave out the school holidays of the town's zone, as its series do.
ALTER TABLE rounds ADD COLUMN skip_school_holidays BIGINT NOT NULL DEFAULT 0
    CHECK (skip_school_holidays IN (0, 1));

-- A mail about a round belongs to no booking; publication is one write, so that its mails are of
-- its instant.
ALTER TABLE outbox ADD COLUMN round_id BIGINT REFERENCES rounds(id);
UPDATE outbox SET round_id = (SELECT MAX(a.subject_id) FROM audit a
    WHERE a.town_id = outbox.town_id AND a.action = 'round_published'
    AND a.at = outbox.created_at)
WHERE template = 'round_result';
CREATE INDEX outbox_round ON outbox(round_id) WHERE round_id IS NOT NULL;
