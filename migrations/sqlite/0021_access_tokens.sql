-- What programs may do in somebody's name. The secret is shown once; only its hash is here.
CREATE TABLE access_tokens (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    person_id    BIGINT NOT NULL REFERENCES people(id),
    name         TEXT NOT NULL,
    token_hash   TEXT NOT NULL UNIQUE,            -- BLAKE2b-256 of its 32 bytes, hexadecimal
    scopes       TEXT NOT NULL,                   -- 'bookings:read schedule:read'
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    last_used_at BIGINT,                          -- to within an hour
    CHECK (expires_at > created_at)
);
CREATE INDEX access_tokens_person ON access_tokens(town_id, person_id);

-- Who is disabled loses them for good, whatever path did it.
CREATE TRIGGER people_disabled_tokens AFTER UPDATE OF enabled ON people
WHEN NEW.enabled = 0
BEGIN
    DELETE FROM access_tokens WHERE person_id = NEW.id;
END;
