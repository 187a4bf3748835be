-- Sites in lockdown, doors that are disabled, and what two people have to want about both.

CREATE TABLE lockdowns (
    id          INTEGER PRIMARY KEY,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    site_id     BIGINT NOT NULL REFERENCES sites(id),
    ground      TEXT NOT NULL,                       -- a code: 'threat', 'intrusion', …
    begun_at    BIGINT NOT NULL,
    begun_by_id BIGINT NOT NULL REFERENCES people(id),
    ended_at    BIGINT,                              -- NULL: it holds
    ended_by_id BIGINT REFERENCES people(id),
    CHECK ((ended_at IS NULL) = (ended_by_id IS NULL))
);
CREATE UNIQUE INDEX lockdowns_now ON lockdowns(town_id, site_id) WHERE ended_at IS NULL;

-- Disabled by a person, until a person enables it; `enabled` is the town file's.
ALTER TABLE doors ADD COLUMN disabled_at BIGINT;
ALTER TABLE doors ADD COLUMN disabled_ground TEXT NOT NULL DEFAULT '';

-- The kind says what subject_id is: a person, a lockdown, the number of a key.
CREATE TABLE confirmations_anew (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    kind            TEXT NOT NULL,
    subject_id      BIGINT NOT NULL,
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
INSERT INTO confirmations_anew (id, town_id, kind, subject_id, asked_by_id, asked_at, ends_at,
                                confirmed_by_id, confirmed_at, used_at)
    SELECT id, town_id, kind, subject_id, asked_by_id, asked_at, ends_at, confirmed_by_id,
           confirmed_at, used_at FROM confirmations;
DROP TABLE confirmations;
ALTER TABLE confirmations_anew RENAME TO confirmations;
CREATE INDEX confirmations_town ON confirmations(town_id, id);
