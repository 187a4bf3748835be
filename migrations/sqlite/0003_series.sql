-- Series: one request for many dates. Their occurrences are bookings like any other; the dates that
-- did not make it are kept beside them with every rule that said no, since they have no interval, no
-- decision and no place among the bookings a town reads.

CREATE TABLE series (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    room_id         BIGINT NOT NULL REFERENCES rooms(id),
    association_id  BIGINT REFERENCES associations(id),     -- NULL: an individual, the booker
    booker_id       BIGINT NOT NULL REFERENCES people(id),
    requested_by_id BIGINT NOT NULL REFERENCES people(id),
    pattern         TEXT NOT NULL CHECK (pattern IN ('daily', 'weekly', 'monthly', 'monthly_weekday',
                                                     'yearly', 'dates')),
    every           BIGINT NOT NULL CHECK (every BETWEEN 1 AND 99),
    weekdays        TEXT NOT NULL DEFAULT '',               -- 'monday,thursday'
    nth             BIGINT NOT NULL DEFAULT 0 CHECK (nth BETWEEN -1 AND 4),
    first_date      TEXT NOT NULL,                          -- local, 'YYYY-MM-DD'
    until_date      TEXT,                                   -- included
    occurrences     BIGINT CHECK (occurrences BETWEEN 1 AND 400),
    start_time      TEXT NOT NULL,                          -- local, 'HH:MM'
    end_time        TEXT NOT NULL,
    end_day_offset  BIGINT NOT NULL CHECK (end_day_offset BETWEEN 0 AND 31),
    time_zone       TEXT NOT NULL,
    attendees       BIGINT NOT NULL CHECK (attendees > 0),
    purpose         TEXT NOT NULL,
    conflict_policy TEXT NOT NULL CHECK (conflict_policy IN ('fail', 'skip', 'replace')),
    split_from_id   BIGINT REFERENCES series(id),           -- the series that this one goes on from
    ended_on        TEXT,                                   -- closed: nothing from this local date on
    sequence        BIGINT NOT NULL DEFAULT 0,              -- grows with each change of the series
    requested_at    BIGINT NOT NULL
);
CREATE INDEX series_booker ON series(booker_id);
CREATE INDEX series_split_from ON series(split_from_id);

-- The rules that kept a date out of its series, in the order they were found.
CREATE TABLE series_missed (
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    series_id   BIGINT NOT NULL REFERENCES series(id),
    series_date TEXT NOT NULL,
    position    BIGINT NOT NULL,
    local_start TEXT NOT NULL,
    local_end   TEXT NOT NULL,
    rule        TEXT NOT NULL,                              -- stable word
    field       TEXT NOT NULL,
    detail_fr   TEXT NOT NULL,
    detail_en   TEXT NOT NULL,
    PRIMARY KEY (series_id, series_date, position)
);

-- (series_id, series_date) is what iCalendar calls UID and RECURRENCE-ID: it stays when the
-- occurrence is moved.
ALTER TABLE bookings ADD COLUMN series_id BIGINT REFERENCES series(id);
ALTER TABLE bookings ADD COLUMN series_date TEXT;
ALTER TABLE bookings ADD COLUMN tz_version TEXT NOT NULL DEFAULT ''; -- of the time zone database
CREATE UNIQUE INDEX bookings_series ON bookings(series_id, series_date) WHERE series_id IS NOT NULL;
