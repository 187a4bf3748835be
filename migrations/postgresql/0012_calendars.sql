-- School calendars as last imported, what a series keeps clear of, and which time zone database the
-- bookings to come were resolved with.

-- What is known of a zone; outside these dates, both included, nothing is.
CREATE TABLE school_calendars (
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    zone        TEXT NOT NULL CHECK (zone IN ('a', 'b', 'c', 'corse')),
    known_from  TEXT NOT NULL,                       -- local, 'YYYY-MM-DD'
    known_until TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, zone),
    CHECK (known_until >= known_from)
);

-- Days without school, the first and the last one included.
CREATE TABLE school_holidays (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    zone       TEXT NOT NULL,
    position   BIGINT NOT NULL,
    name       TEXT NOT NULL,                        -- as published
    first_date TEXT NOT NULL,
    last_date  TEXT NOT NULL,
    PRIMARY KEY (town_id, zone, position),
    FOREIGN KEY (town_id, zone) REFERENCES school_calendars(town_id, zone),
    CHECK (last_date >= first_date)
);

ALTER TABLE towns ADD COLUMN school_zone TEXT NOT NULL DEFAULT ''          -- '': not said
    CHECK (school_zone IN ('', 'a', 'b', 'c', 'corse'));
ALTER TABLE towns ADD COLUMN holiday_law TEXT NOT NULL DEFAULT 'france'
    CHECK (holiday_law IN ('france', 'alsace_moselle'));
ALTER TABLE series ADD COLUMN skips TEXT NOT NULL DEFAULT '';              -- 'public_holidays,closures'

-- The version that the bookings to come were last compared with; '': never.
ALTER TABLE towns ADD COLUMN tz_version TEXT NOT NULL DEFAULT '';

-- Bookings whose local times name other instants by now, but something is in the way there. They
-- keep start_at and end_at; a booking that has others by now has been looked after.
CREATE TABLE time_conflicts (
    booking_id BIGINT PRIMARY KEY REFERENCES bookings(id),
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    start_at   BIGINT NOT NULL,
    end_at     BIGINT NOT NULL,
    tz_version TEXT NOT NULL,
    found_at   BIGINT NOT NULL,
    rule       TEXT NOT NULL,                        -- stable word
    detail_fr  TEXT NOT NULL,
    detail_en  TEXT NOT NULL,
    CHECK (end_at > start_at)
);
CREATE INDEX time_conflicts_town ON time_conflicts(town_id, booking_id);
