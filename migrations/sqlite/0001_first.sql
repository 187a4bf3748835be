-- The town, its estate, its people, bookings, occupancy, passes and the outbox.
-- Conventions (migrations/README.md): instants are BIGINT Unix seconds UTC, intervals are half-open,
-- local dates are TEXT 'YYYY-MM-DD', booleans are 0/1, every table carries town_id.

CREATE TABLE towns (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    service   TEXT NOT NULL,              -- the office that decides, as mails name it
    email     TEXT NOT NULL,
    phone     TEXT NOT NULL
);

CREATE TABLE sites (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    key          TEXT NOT NULL,
    name         TEXT NOT NULL,
    address      TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    help_contact TEXT NOT NULL,
    help_hours   TEXT NOT NULL,
    UNIQUE (town_id, key)
);

-- A scope number names a door (1..32767) or a zone (32768..65535) in signed bytes. Rows are never
-- deleted: a number once given is never given again.
CREATE TABLE scope_numbers (
    town_id BIGINT NOT NULL REFERENCES towns(id),
    number  BIGINT NOT NULL CHECK (number BETWEEN 1 AND 65535),
    kind    TEXT NOT NULL CHECK (kind IN ('door', 'zone')),
    key     TEXT NOT NULL,
    PRIMARY KEY (town_id, number),
    UNIQUE (town_id, kind, key),
    CHECK ((kind = 'door') = (number < 32768))
);

CREATE TABLE door_agents (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    site_id BIGINT NOT NULL REFERENCES sites(id),
    key     TEXT NOT NULL,
    UNIQUE (town_id, key)
);

CREATE TABLE doors (
    id        INTEGER PRIMARY KEY,
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    site_id   BIGINT NOT NULL REFERENCES sites(id),
    agent_id  BIGINT REFERENCES door_agents(id),
    key       TEXT NOT NULL,
    name      TEXT NOT NULL,
    scope     BIGINT NOT NULL,
    locked    BIGINT NOT NULL CHECK (locked IN (0, 1)), -- 0: open to all in opening hours, no reader needed
    unlock_ms BIGINT NOT NULL CHECK (unlock_ms BETWEEN 500 AND 60000),
    enabled   BIGINT NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    UNIQUE (town_id, key),
    UNIQUE (town_id, scope)
);

CREATE TABLE door_readers (
    town_id BIGINT NOT NULL REFERENCES towns(id),
    door_id BIGINT NOT NULL REFERENCES doors(id),
    key     TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('qr', 'badge')),
    PRIMARY KEY (door_id, key)
);

CREATE TABLE zones (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    scope   BIGINT NOT NULL,
    UNIQUE (town_id, key),
    UNIQUE (town_id, scope)
);

CREATE TABLE zone_doors (
    town_id BIGINT NOT NULL REFERENCES towns(id),
    zone_id BIGINT NOT NULL REFERENCES zones(id),
    door_id BIGINT NOT NULL REFERENCES doors(id),
    PRIMARY KEY (zone_id, door_id)
);

CREATE TABLE spaces (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    site_id BIGINT NOT NULL REFERENCES sites(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    UNIQUE (town_id, key)
);

CREATE TABLE rooms (
    id                 INTEGER PRIMARY KEY,
    town_id            BIGINT NOT NULL REFERENCES towns(id),
    site_id            BIGINT NOT NULL REFERENCES sites(id),
    access_zone_id     BIGINT REFERENCES zones(id),  -- every door from the street to the room
    key                TEXT NOT NULL,
    name               TEXT NOT NULL,
    capacity           BIGINT NOT NULL CHECK (capacity > 0),
    approval_needed    BIGINT NOT NULL DEFAULT 1 CHECK (approval_needed IN (0, 1)),
    pending_blocks     BIGINT NOT NULL DEFAULT 1 CHECK (pending_blocks IN (0, 1)),
    individuals_may_book BIGINT NOT NULL DEFAULT 1 CHECK (individuals_may_book IN (0, 1)),
    margin_before_min  BIGINT NOT NULL DEFAULT 10 CHECK (margin_before_min BETWEEN 0 AND 240),
    margin_after_min   BIGINT NOT NULL DEFAULT 10 CHECK (margin_after_min BETWEEN 0 AND 240),
    UNIQUE (town_id, key)
);

CREATE TABLE room_spaces (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    room_id  BIGINT NOT NULL REFERENCES rooms(id),
    space_id BIGINT NOT NULL REFERENCES spaces(id),
    PRIMARY KEY (room_id, space_id)
);

-- How people get into a room, by local date: [from_date, until_date).
CREATE TABLE room_ways_in (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    room_id    BIGINT NOT NULL REFERENCES rooms(id),
    way        TEXT NOT NULL CHECK (way IN ('qr', 'badge', 'key', 'staff')),
    from_date  TEXT NOT NULL,
    until_date TEXT,
    note_fr    TEXT NOT NULL DEFAULT '',             -- where to fetch the key or badge, who opens
    note_en    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (room_id, way, from_date)
);

CREATE TABLE associations (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,
    UNIQUE (town_id, key)
);

CREATE TABLE people (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,                           -- lower case
    locale  TEXT NOT NULL CHECK (locale IN ('fr', 'en')),
    enabled BIGINT NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    UNIQUE (town_id, key),
    UNIQUE (town_id, email)
);

CREATE TABLE association_managers (
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    association_id BIGINT NOT NULL REFERENCES associations(id),
    person_id      BIGINT NOT NULL REFERENCES people(id),
    PRIMARY KEY (association_id, person_id)
);

CREATE TABLE person_roles (
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    person_id BIGINT NOT NULL REFERENCES people(id),
    role      TEXT NOT NULL CHECK (role IN ('booker', 'office', 'administrator')),
    PRIMARY KEY (person_id, role)
);

CREATE TABLE passwords (
    person_id BIGINT PRIMARY KEY REFERENCES people(id),
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    hash      TEXT NOT NULL,                         -- argon2id, libsodium's string form
    set_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,                     -- BLAKE2b-256 of the cookie's 32 random bytes, hexadecimal
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    person_id  BIGINT NOT NULL REFERENCES people(id),
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions(person_id);

-- Failed sign-ins by account and by client address; the delay grows with the count.
CREATE TABLE sign_in_failures (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    subject    TEXT NOT NULL,                        -- 'account:…' or 'address:…', hashed
    count      BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    last_at    BIGINT NOT NULL,
    PRIMARY KEY (town_id, subject)
);

CREATE TABLE bookings (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    room_id        BIGINT NOT NULL REFERENCES rooms(id),
    association_id BIGINT REFERENCES associations(id),  -- NULL: an individual, the booker
    booker_id      BIGINT NOT NULL REFERENCES people(id),
    requested_by_id BIGINT NOT NULL REFERENCES people(id), -- differs when the office acts for somebody
    status         TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'refused', 'cancelled')),
    local_start    TEXT NOT NULL,                    -- 'YYYY-MM-DDTHH:MM' in the site's zone
    local_end      TEXT NOT NULL,
    start_at       BIGINT NOT NULL,
    end_at         BIGINT NOT NULL,
    attendees      BIGINT NOT NULL CHECK (attendees > 0),
    purpose        TEXT NOT NULL,
    ground         TEXT NOT NULL DEFAULT '',         -- why it was refused or cancelled: a code of the list
    ground_text    TEXT NOT NULL DEFAULT '',
    sequence       BIGINT NOT NULL DEFAULT 0,        -- iCalendar SEQUENCE; also the ETag's version
    requested_at   BIGINT NOT NULL,
    decided_at     BIGINT,
    decided_by_id  BIGINT REFERENCES people(id),
    CHECK (end_at > start_at)
);
CREATE INDEX bookings_room_start ON bookings(room_id, start_at);
CREATE INDEX bookings_booker ON bookings(booker_id, start_at);
CREATE INDEX bookings_association ON bookings(association_id, start_at);
CREATE INDEX bookings_status ON bookings(town_id, status, start_at);

-- A row exists if and only if its source occupies the space over [start_at, end_at).
CREATE TABLE occupancies (
    space_id    BIGINT NOT NULL REFERENCES spaces(id),
    start_at    BIGINT NOT NULL,
    end_at      BIGINT NOT NULL,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('booking')),
    source_id   BIGINT NOT NULL,
    PRIMARY KEY (space_id, start_at),
    CHECK (end_at > start_at)
) WITHOUT ROWID;
CREATE INDEX occupancies_source ON occupancies(source_kind, source_id);

-- Exact while no overlap exists: only the nearest neighbour before the new end can meet it.
CREATE TRIGGER occupancies_no_overlap_insert BEFORE INSERT ON occupancies
WHEN (SELECT end_at FROM occupancies
      WHERE space_id = NEW.space_id AND start_at < NEW.end_at
      ORDER BY start_at DESC LIMIT 1) > NEW.start_at
BEGIN
    SELECT RAISE(ABORT, 'occupancy_overlap');
END;
CREATE TRIGGER occupancies_no_update BEFORE UPDATE ON occupancies
BEGIN
    SELECT RAISE(ABORT, 'occupancy_is_moved_by_delete_and_insert');
END;

-- Who may be where and when, margins included: what passes and door policies are made from.
CREATE TABLE access_windows (
    id          INTEGER PRIMARY KEY,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('booking')),
    source_id   BIGINT NOT NULL,
    zone_id     BIGINT NOT NULL REFERENCES zones(id),
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('association', 'person')),
    holder_id   BIGINT NOT NULL,
    start_at    BIGINT NOT NULL,
    end_at      BIGINT NOT NULL,
    CHECK (end_at > start_at)
);
CREATE INDEX access_windows_source ON access_windows(source_kind, source_id);

-- A pass is numbered within its town ("pass 7"). Each window gives it a credential under a new
-- pass id; a re-issue for the same window revokes the row and adds one with the next revision, so
-- that at most one credential of a window lives. The signed bytes are never stored.
CREATE TABLE passes (
    id          INTEGER PRIMARY KEY,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    number      BIGINT NOT NULL,
    booking_id  BIGINT NOT NULL REFERENCES bookings(id),
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('association', 'person')),
    holder_id   BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (town_id, number)
);
CREATE INDEX passes_booking ON passes(booking_id);

CREATE TABLE credentials (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    pass_row_id  BIGINT NOT NULL REFERENCES passes(id),
    pass_id      BIGINT NOT NULL CHECK (pass_id BETWEEN 0 AND 72057594037927935),
    revision     BIGINT NOT NULL CHECK (revision BETWEEN 0 AND 255),
    scope        BIGINT NOT NULL CHECK (scope BETWEEN 1 AND 65535),
    not_before   BIGINT NOT NULL,
    duration_min BIGINT NOT NULL CHECK (duration_min BETWEEN 1 AND 44640),
    once         BIGINT NOT NULL DEFAULT 0 CHECK (once IN (0, 1)),
    revoked_at   BIGINT,
    revoked_why  TEXT NOT NULL DEFAULT '',
    UNIQUE (town_id, pass_id, revision)
);
CREATE INDEX credentials_pass ON credentials(pass_row_id);
CREATE INDEX credentials_revoked ON credentials(town_id, revoked_at);

CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    at           BIGINT NOT NULL,
    actor_id     BIGINT REFERENCES people(id),       -- NULL: the system itself
    for_id       BIGINT REFERENCES people(id),       -- set when somebody acts for somebody
    action       TEXT NOT NULL,                      -- 'booking_approved', …
    subject_kind TEXT NOT NULL,
    subject_id   BIGINT NOT NULL,
    ground       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_subject ON audit(subject_kind, subject_id);

-- A mail to send: a template's name and facts, never a living code. The worker renders and sends.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    template      TEXT NOT NULL,
    person_id     BIGINT NOT NULL REFERENCES people(id),
    booking_id    BIGINT REFERENCES bookings(id),
    credential_id BIGINT REFERENCES credentials(id),
    facts         TEXT NOT NULL,                     -- JSON object
    created_at    BIGINT NOT NULL,
    state         TEXT NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'sent', 'dead', 'superseded')),
    attempts      BIGINT NOT NULL DEFAULT 0,
    next_try_at   BIGINT NOT NULL,
    done_at       BIGINT,
    last_error    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_due ON outbox(state, next_try_at);
CREATE INDEX outbox_booking ON outbox(booking_id);

-- The answer given to a POST that carried an Idempotency-Key, kept 24 h.
CREATE TABLE idempotency_keys (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    person_id  BIGINT NOT NULL REFERENCES people(id),
    key        TEXT NOT NULL,
    request    TEXT NOT NULL,                        -- BLAKE2b-256 of method, path and body, hexadecimal
    status     BIGINT NOT NULL,
    answer     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys(created_at);
