-- Closures, holds and the waiting list, and what else than bookings may occupy a space. A closure takes
-- what bookings leave free; a hold has its rows until the first write after its deadline.

CREATE TABLE occupancies_widened (
    space_id    BIGINT NOT NULL REFERENCES spaces(id),
    start_at    BIGINT NOT NULL,
    end_at      BIGINT NOT NULL,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('booking', 'closure', 'hold')),
    source_id   BIGINT NOT NULL,
    expires_at  BIGINT,                              -- of a hold; NULL: it lasts
    PRIMARY KEY (space_id, start_at),
    CHECK (end_at > start_at),
    CHECK ((source_kind = 'hold') = (expires_at IS NOT NULL))
) WITHOUT ROWID;
INSERT INTO occupancies_widened (space_id, start_at, end_at, town_id, source_kind, source_id)
SELECT space_id, start_at, end_at, town_id, source_kind, source_id FROM occupancies;
DROP TABLE occupancies;
ALTER TABLE occupancies_widened RENAME TO occupancies;
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

-- Some spaces of one site over [start_at, end_at). A removed closure stays as history.
CREATE TABLE closures (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    site_id       BIGINT NOT NULL REFERENCES sites(id),
    room_id       BIGINT REFERENCES rooms(id),       -- NULL: the whole site, or spaces of it
    kind          TEXT NOT NULL CHECK (kind IN ('works', 'holiday', 'own_use')),
    reason        TEXT NOT NULL,                     -- told to everybody
    local_start   TEXT NOT NULL,                     -- in the site's zone
    local_end     TEXT NOT NULL,
    start_at      BIGINT NOT NULL,
    end_at        BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by_id BIGINT NOT NULL REFERENCES people(id),
    removed_at    BIGINT,
    removed_by_id BIGINT REFERENCES people(id),
    CHECK (end_at > start_at)
);
CREATE INDEX closures_standing ON closures(town_id, end_at) WHERE removed_at IS NULL;

CREATE TABLE closure_spaces (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    closure_id BIGINT NOT NULL REFERENCES closures(id),
    space_id   BIGINT NOT NULL REFERENCES spaces(id),
    PRIMARY KEY (closure_id, space_id)
);

-- Who waits for a slot, in the order of the ids.
CREATE TABLE waits (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    room_id         BIGINT NOT NULL REFERENCES rooms(id),
    association_id  BIGINT REFERENCES associations(id),     -- NULL: an individual, the booker
    booker_id       BIGINT NOT NULL REFERENCES people(id),
    requested_by_id BIGINT NOT NULL REFERENCES people(id),
    status          TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (status IN ('waiting', 'offered', 'booked', 'left', 'lapsed')),
    local_start     TEXT NOT NULL,
    local_end       TEXT NOT NULL,
    start_at        BIGINT NOT NULL,
    end_at          BIGINT NOT NULL,
    attendees       BIGINT NOT NULL CHECK (attendees > 0),
    purpose         TEXT NOT NULL,
    layout          TEXT NOT NULL,
    asked_at        BIGINT NOT NULL,
    CHECK (end_at > start_at)
);
CREATE INDEX waits_line ON waits(town_id, start_at) WHERE status = 'waiting';
CREATE INDEX waits_room ON waits(room_id, start_at);

-- A slot kept for somebody until a deadline. It occupies while its status is 'held'; after the
-- deadline nobody sees it, and the next write takes its rows away.
CREATE TABLE holds (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    room_id         BIGINT NOT NULL REFERENCES rooms(id),
    association_id  BIGINT REFERENCES associations(id),     -- NULL: an individual, the booker
    booker_id       BIGINT NOT NULL REFERENCES people(id),
    requested_by_id BIGINT NOT NULL REFERENCES people(id),
    wait_id         BIGINT REFERENCES waits(id),            -- NULL: the office placed it
    status          TEXT NOT NULL DEFAULT 'held'
                    CHECK (status IN ('held', 'booked', 'released', 'expired')),
    local_start     TEXT NOT NULL,
    local_end       TEXT NOT NULL,
    start_at        BIGINT NOT NULL,
    end_at          BIGINT NOT NULL,
    attendees       BIGINT NOT NULL CHECK (attendees > 0),
    purpose         TEXT NOT NULL,
    layout          TEXT NOT NULL,
    expires_at      BIGINT NOT NULL,
    placed_at       BIGINT NOT NULL,
    ended_at        BIGINT,
    booking_id      BIGINT REFERENCES bookings(id),         -- what it became
    CHECK (end_at > start_at)
);
CREATE INDEX holds_living ON holds(town_id, expires_at) WHERE status = 'held';
CREATE INDEX holds_wait ON holds(wait_id) WHERE status = 'held';

-- How long a slot that frees is kept for the first in line.
ALTER TABLE towns ADD COLUMN offer_stands_min BIGINT NOT NULL DEFAULT 1440
    CHECK (offer_stands_min BETWEEN 1 AND 43200);
