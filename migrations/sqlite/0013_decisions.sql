-- What a town says with its answers, and without one; who decides when the approver is away.

ALTER TABLE towns ADD COLUMN service_address TEXT NOT NULL DEFAULT '';  -- of the office, by post
ALTER TABLE towns ADD COLUMN silence_means TEXT NOT NULL DEFAULT 'unsaid'
    CHECK (silence_means IN ('unsaid', 'accepted', 'refused'));
ALTER TABLE towns ADD COLUMN silence_months BIGINT NOT NULL DEFAULT 0
    CHECK (silence_months BETWEEN 0 AND 12);
ALTER TABLE towns ADD COLUMN silence_days BIGINT NOT NULL DEFAULT 0
    CHECK (silence_days BETWEEN 0 AND 366);
ALTER TABLE towns ADD COLUMN silence_decision TEXT NOT NULL DEFAULT '';  -- of the council
ALTER TABLE towns ADD COLUMN appeal_fr TEXT NOT NULL DEFAULT '';         -- empty: the usual words
ALTER TABLE towns ADD COLUMN appeal_en TEXT NOT NULL DEFAULT '';

-- From one local date to another, both included, in the town's zone. It gives its mandate while the
-- delegator has the office role.
CREATE TABLE delegations (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    delegator_id BIGINT NOT NULL REFERENCES people(id),
    delegate_id  BIGINT NOT NULL REFERENCES people(id),
    site_id      BIGINT REFERENCES sites(id),         -- NULL: the whole town
    from_date    TEXT NOT NULL,
    until_date   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT,                              -- before its last date
    CHECK (until_date >= from_date),
    CHECK (delegate_id <> delegator_id)
);
CREATE INDEX delegations_delegate ON delegations(delegate_id, until_date);

-- Whose decision it was, when decided_by_id decided by a delegation.
ALTER TABLE bookings ADD COLUMN decided_for_id BIGINT REFERENCES people(id);
