-- Sessions that their person can see and end, one-time codes by mail, and what ends with an account.

-- Who is signed in when this is applied signs in again.
DROP TABLE sessions;
CREATE TABLE sessions (
    id               INTEGER PRIMARY KEY,
    town_id          BIGINT NOT NULL REFERENCES towns(id),
    person_id        BIGINT NOT NULL REFERENCES people(id),
    token_hash       TEXT NOT NULL UNIQUE,           -- BLAKE2b-256 of the cookie's 32 random bytes, hexadecimal
    device           TEXT NOT NULL CHECK (device IN ('android', 'ios', 'windows', 'mac', 'linux', 'program', 'unknown')),
    created_at       BIGINT NOT NULL,
    seen_at          BIGINT NOT NULL,                -- to a few minutes
    ends_at          BIGINT NOT NULL,
    proved_at        BIGINT NOT NULL                 -- when its person last proved who they are
);
CREATE INDEX sessions_person ON sessions(person_id);

-- The code itself is stored nowhere: it is derived from the row and a key outside the database.
CREATE TABLE account_codes (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    person_id  BIGINT NOT NULL REFERENCES people(id),
    kind       TEXT NOT NULL CHECK (kind IN ('invitation', 'password_reset', 'sign_in')),
    salt       TEXT NOT NULL,                        -- 16 random bytes, hexadecimal
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,                      -- earlier once a newer one replaced it
    tries      BIGINT NOT NULL DEFAULT 0,            -- wrong ones
    used_at    BIGINT,
    CHECK (ends_at >= created_at)
);
CREATE INDEX account_codes_person ON account_codes(person_id, kind, created_at);

-- Codes that somebody asked for and that the clock's next tick answers, for any address alike.
CREATE TABLE code_requests (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    kind         TEXT NOT NULL CHECK (kind IN ('password_reset', 'sign_in')),
    email        TEXT NOT NULL,                      -- as it was typed, lower case; may be nobody's
    requested_at BIGINT NOT NULL
);
CREATE INDEX code_requests_town ON code_requests(town_id, id);

-- Whatever disables somebody ends what lets them in, for good.
CREATE TRIGGER people_disabled AFTER UPDATE OF enabled ON people
WHEN NEW.enabled = 0
BEGIN
    DELETE FROM sessions WHERE person_id = NEW.id;
    UPDATE account_codes SET ends_at = created_at WHERE person_id = NEW.id AND used_at IS NULL;
END;
