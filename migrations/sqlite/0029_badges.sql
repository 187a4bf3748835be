-- Badges: cards with a number, each held by a person or an association.

CREATE TABLE badges (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    number_sealed TEXT NOT NULL,                     -- encrypted, hexadecimal; the key is in no database
    number_mark   TEXT NOT NULL,                     -- keyed BLAKE2b-256: the same number has the same
    holder_kind   TEXT NOT NULL CHECK (holder_kind IN ('person', 'association')),
    holder_id     BIGINT NOT NULL,
    state         TEXT NOT NULL DEFAULT 'issued'
                  CHECK (state IN ('issued', 'lost', 'returned', 'revoked')),
    from_at       BIGINT NOT NULL,
    until_at      BIGINT,                            -- NULL: no end of its own
    changed_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL DEFAULT 1,
    CHECK (until_at IS NULL OR until_at > from_at)
);
-- A number opens for one holder; a card that came back may be given to another.
CREATE UNIQUE INDEX badges_in_hand ON badges(town_id, number_mark) WHERE state <> 'returned';
CREATE INDEX badges_holder ON badges(town_id, holder_kind, holder_id);
