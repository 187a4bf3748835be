-- Arrivals and departures of staff: when somebody may come in, and who is told of it.

-- Half-open instants; NULL: no bound. Outside of them nobody comes in, whatever else the row says.
ALTER TABLE people ADD COLUMN active_from BIGINT;
ALTER TABLE people ADD COLUMN active_until BIGINT;

CREATE TABLE staff_movements (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    person_id       BIGINT NOT NULL REFERENCES people(id),
    kind            TEXT NOT NULL CHECK (kind IN ('arrival', 'departure')),
    at              BIGINT NOT NULL,
    local_at        TEXT NOT NULL,                   -- the same as the clock on the wall showed it
    delay_h         BIGINT NOT NULL CHECK (delay_h BETWEEN 1 AND 720),  -- for each acknowledgement
    announced_by_id BIGINT NOT NULL REFERENCES people(id),
    announced_at    BIGINT NOT NULL,
    corrected       BIGINT NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1)),
    invited_at      BIGINT,                          -- of an arrival: the code for the account left
    done_at         BIGINT,                          -- its lasting effects are there
    withdrawn_at    BIGINT,
    version         BIGINT NOT NULL DEFAULT 1,
    CHECK (done_at IS NULL OR withdrawn_at IS NULL)
);
CREATE UNIQUE INDEX staff_movements_to_come ON staff_movements(person_id, kind)
    WHERE done_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX staff_movements_town ON staff_movements(town_id, id);

-- Who has to know of a movement, in this order.
CREATE TABLE movement_notices (
    id                 INTEGER PRIMARY KEY,
    town_id            BIGINT NOT NULL REFERENCES towns(id),
    movement_id        BIGINT NOT NULL REFERENCES staff_movements(id),
    step               TEXT NOT NULL CHECK (step IN ('line_manager', 'it', 'access')),
    told_at            BIGINT,
    reminded_at        BIGINT,
    reminders          BIGINT NOT NULL DEFAULT 0,
    acknowledged_at    BIGINT,
    acknowledged_by_id BIGINT REFERENCES people(id), -- NULL: nobody answers for that step
    UNIQUE (movement_id, step)
);
CREATE INDEX movement_notices_open ON movement_notices(town_id, movement_id)
    WHERE acknowledged_at IS NULL;
