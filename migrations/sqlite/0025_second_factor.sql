-- A second factor for signing in: codes of an authenticator app (RFC 6238), and recovery codes.

-- What a session's last proof rested on: a code by mail, the password, or password and second factor. Who is signed
-- in when this is applied has proved the least.
ALTER TABLE sessions ADD COLUMN proved_by TEXT NOT NULL DEFAULT 'code'
    CHECK (proved_by IN ('code', 'password', 'second_factor'));

-- Sealed: XChaCha20-Poly1305 under a key outside the database, hexadecimal.
CREATE TABLE second_factors (
    person_id      BIGINT PRIMARY KEY REFERENCES people(id),
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    sealed_secret  TEXT,                             -- NULL: not switched on yet
    pending_secret TEXT,                             -- waits for its first code, then replaces the other
    last_step      BIGINT NOT NULL DEFAULT 0,        -- of 30 s since 1970, of the last code that was accepted
    switched_on_at BIGINT,
    CHECK ((sealed_secret IS NULL) = (switched_on_at IS NULL))
);
CREATE INDEX second_factors_town ON second_factors(town_id);

CREATE TABLE recovery_codes (
    id        INTEGER PRIMARY KEY,
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    person_id BIGINT NOT NULL REFERENCES people(id),
    code_hash TEXT NOT NULL,                         -- BLAKE2b-256 of 120 random bits, hexadecimal
    used_at   BIGINT,
    UNIQUE (person_id, code_hash)
);
