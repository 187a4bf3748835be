-- Holds and waits carry equipment. A hold takes it off the stock as a booking does, until the first
-- write after its deadline; a wait takes nothing.

CREATE TABLE hold_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    hold_id      BIGINT NOT NULL REFERENCES holds(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (hold_id, equipment_id)
);
CREATE TABLE wait_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    wait_id      BIGINT NOT NULL REFERENCES waits(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (wait_id, equipment_id)
);

-- A row exists if and only if its source occupies its room: what it takes over [start_at, end_at),
-- buffers included. A booking lasts 30 days at most and each buffer a day: what reaches an instant
-- began less than 2764800 seconds before it.
CREATE TABLE equipment_takings_widened (
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    start_at     BIGINT NOT NULL,
    source_kind  TEXT NOT NULL CHECK (source_kind IN ('booking', 'hold')),
    source_id    BIGINT NOT NULL,
    end_at       BIGINT NOT NULL,
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    expires_at   BIGINT,                             -- of a hold; NULL: it lasts
    PRIMARY KEY (equipment_id, start_at, source_kind, source_id),
    CHECK (end_at > start_at AND end_at - start_at <= 2764800),
    CHECK ((source_kind = 'hold') = (expires_at IS NOT NULL))
) WITHOUT ROWID;
INSERT INTO equipment_takings_widened (equipment_id, start_at, source_kind, source_id, end_at,
    quantity, town_id)
SELECT equipment_id, start_at, 'booking', booking_id, end_at, quantity, town_id
FROM equipment_takings;
DROP TABLE equipment_takings;
ALTER TABLE equipment_takings_widened RENAME TO equipment_takings;
CREATE INDEX equipment_takings_source ON equipment_takings(source_kind, source_id);

-- The most that others take at one instant of the new interval, by a sweep over their starts and
-- ends, an end before a start at the same instant.
CREATE TRIGGER equipment_takings_no_oversell BEFORE INSERT ON equipment_takings
WHEN NEW.quantity + COALESCE((
        SELECT MAX(level) FROM (
            SELECT SUM(step) OVER (ORDER BY at, step ROWS UNBOUNDED PRECEDING) AS level FROM (
                SELECT MAX(start_at, NEW.start_at) AS at, quantity AS step
                FROM equipment_takings
                WHERE equipment_id = NEW.equipment_id AND start_at > NEW.start_at - 2764800
                AND start_at < NEW.end_at AND end_at > NEW.start_at
                UNION ALL
                SELECT end_at, -quantity FROM equipment_takings
                WHERE equipment_id = NEW.equipment_id AND start_at > NEW.start_at - 2764800
                AND start_at < NEW.end_at AND end_at > NEW.start_at))), 0)
     > (SELECT stock FROM equipment WHERE id = NEW.equipment_id)
BEGIN
    SELECT RAISE(ABORT, 'equipment_oversold');
END;
CREATE TRIGGER equipment_takings_no_update BEFORE UPDATE ON equipment_takings
BEGIN
    SELECT RAISE(ABORT, 'taking_is_moved_by_delete_and_insert');
END;

-- 1: what a round left somebody waiting for; by oneself one joins a bounded number of lines.
ALTER TABLE waits ADD COLUMN in_round BIGINT NOT NULL DEFAULT 0 CHECK (in_round IN (0, 1));
CREATE INDEX waits_booker ON waits(booker_id) WHERE status = 'waiting' AND in_round = 0;
