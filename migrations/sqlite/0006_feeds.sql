-- Calendars by address: whoever holds the token reads what `reader_id` may see at that moment.

CREATE TABLE feeds (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    reader_id  BIGINT NOT NULL REFERENCES people(id),
    token_hash TEXT NOT NULL UNIQUE,                 -- BLAKE2b-256 of 16 random bytes, hexadecimal
    kind       TEXT NOT NULL CHECK (kind IN ('room', 'site', 'association', 'person')),
    subject_id BIGINT NOT NULL,                      -- a row of that kind, of the same town
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX feeds_reader ON feeds(reader_id);
