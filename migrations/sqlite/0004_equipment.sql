-- Equipment: counted stock that bookings take over their slot, setup and teardown included.

CREATE TABLE equipment (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    site_id BIGINT REFERENCES sites(id),             -- NULL: movable, it serves every site
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    stock   BIGINT NOT NULL CHECK (stock BETWEEN 0 AND 100000),
    UNIQUE (town_id, key)
);

-- What a booking asked for, whatever became of it.
CREATE TABLE booking_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    booking_id   BIGINT NOT NULL REFERENCES bookings(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (booking_id, equipment_id)
);

-- A row exists if and only if its booking occupies its room: what it takes over [start_at, end_at),
-- buffers included. A booking lasts 30 days at most and each buffer a day: what reaches an instant
-- began less than 2764800 seconds before it.
CREATE TABLE equipment_takings (
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    start_at     BIGINT NOT NULL,
    booking_id   BIGINT NOT NULL REFERENCES bookings(id),
    end_at       BIGINT NOT NULL,
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    PRIMARY KEY (equipment_id, start_at, booking_id),
    CHECK (end_at > start_at AND end_at - start_at <= 2764800)
) WITHOUT ROWID;
CREATE INDEX equipment_takings_booking ON equipment_takings(booking_id);

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
