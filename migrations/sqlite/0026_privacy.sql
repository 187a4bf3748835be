-- Who was erased, whose data is shown to few, and what two people have to want.

ALTER TABLE people ADD COLUMN erased_at BIGINT;      -- the row stays for its id, and says nothing more
ALTER TABLE people ADD COLUMN restricted_at BIGINT;  -- kept, and shown to few (article 18)
CREATE INDEX people_erased ON people(town_id) WHERE erased_at IS NOT NULL;

-- Four eyes: asked for by one, confirmed by another, used once.
CREATE TABLE confirmations (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    kind            TEXT NOT NULL,                   -- a code: 'person_export'
    subject_id      BIGINT NOT NULL REFERENCES people(id),
    asked_by_id     BIGINT NOT NULL REFERENCES people(id),
    asked_at        BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    confirmed_by_id BIGINT REFERENCES people(id),
    confirmed_at    BIGINT,
    used_at         BIGINT,
    CHECK (ends_at > asked_at),
    CHECK (confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id),
    CHECK ((confirmed_by_id IS NULL) = (confirmed_at IS NULL)),
    CHECK (used_at IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX confirmations_town ON confirmations(town_id, id);
