-- The rules a room can carry. A number 0, and no row, means that a rule is off. A room without a
-- row here has none of the lists below either.

CREATE TABLE room_rules (
    room_id               BIGINT PRIMARY KEY REFERENCES rooms(id),
    town_id               BIGINT NOT NULL REFERENCES towns(id),
    associations_may_book BIGINT NOT NULL DEFAULT 1 CHECK (associations_may_book IN (0, 1)),
    staff_may_book        BIGINT NOT NULL DEFAULT 0 CHECK (staff_may_book IN (0, 1)), -- where individuals may not
    create_least_min      BIGINT NOT NULL DEFAULT 0 CHECK (create_least_min >= 0),    -- notice, before the start
    create_most_min       BIGINT NOT NULL DEFAULT 0 CHECK (create_most_min >= 0),
    change_least_min      BIGINT NOT NULL DEFAULT 0 CHECK (change_least_min >= 0),
    change_most_min       BIGINT NOT NULL DEFAULT 0 CHECK (change_most_min >= 0),
    cancel_least_min      BIGINT NOT NULL DEFAULT 0 CHECK (cancel_least_min >= 0),
    length_least_min      BIGINT NOT NULL DEFAULT 0 CHECK (length_least_min >= 0),
    length_most_min       BIGINT NOT NULL DEFAULT 0 CHECK (length_most_min >= 0),
    grid_min              BIGINT NOT NULL DEFAULT 0 CHECK (grid_min BETWEEN 0 AND 1440),
    setup_min             BIGINT NOT NULL DEFAULT 0 CHECK (setup_min BETWEEN 0 AND 1440),
    teardown_min          BIGINT NOT NULL DEFAULT 0 CHECK (teardown_min BETWEEN 0 AND 1440),
    residents_until_days  BIGINT NOT NULL DEFAULT 0 CHECK (residents_until_days BETWEEN 0 AND 3650)
);

-- Minutes of the local day; what goes on past midnight ends after 1440. A room without any row is
-- open at all hours.
CREATE TABLE opening_hours (
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    room_id   BIGINT NOT NULL REFERENCES room_rules(room_id),
    weekday   BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),  -- ISO 8601, Monday is 1
    from_min  BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
    until_min BIGINT NOT NULL,
    PRIMARY KEY (room_id, weekday, from_min),
    CHECK (until_min > from_min AND until_min <= from_min + 1440)
);

-- The hours of one local date instead of its weekday's. Closed all day: one row from 0 until 0.
CREATE TABLE opening_exceptions (
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    room_id   BIGINT NOT NULL REFERENCES room_rules(room_id),
    on_date   TEXT NOT NULL,
    from_min  BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
    until_min BIGINT NOT NULL,
    PRIMARY KEY (room_id, on_date, from_min),
    CHECK ((until_min > from_min AND until_min <= from_min + 1440)
           OR (from_min = 0 AND until_min = 0))
);

CREATE TABLE room_layouts (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    room_id  BIGINT NOT NULL REFERENCES room_rules(room_id),
    key      TEXT NOT NULL,
    name     TEXT NOT NULL,
    capacity BIGINT NOT NULL CHECK (capacity > 0),
    PRIMARY KEY (room_id, key)
);

ALTER TABLE bookings ADD COLUMN layout TEXT NOT NULL DEFAULT '';  -- key of a layout of its room

CREATE TABLE booker_groups (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    UNIQUE (town_id, key)
);

CREATE TABLE association_groups (
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    association_id BIGINT NOT NULL REFERENCES associations(id),
    group_id       BIGINT NOT NULL REFERENCES booker_groups(id),
    PRIMARY KEY (association_id, group_id)
);

CREATE TABLE person_groups (
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    person_id BIGINT NOT NULL REFERENCES people(id),
    group_id  BIGINT NOT NULL REFERENCES booker_groups(id),
    PRIMARY KEY (person_id, group_id)
);

-- 'may_book': may book whatever the flags say; 'residents': may book before everybody else.
CREATE TABLE room_groups (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    room_id  BIGINT NOT NULL REFERENCES room_rules(room_id),
    group_id BIGINT NOT NULL REFERENCES booker_groups(id),
    kind     TEXT NOT NULL CHECK (kind IN ('may_book', 'residents')),
    PRIMARY KEY (room_id, kind, group_id)
);

-- How much one association or individual may hold in a period, over the quota's rooms; without
-- rooms it counts everywhere. A booking counts in the period in which it starts.
CREATE TABLE quotas (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    key          TEXT NOT NULL,
    name         TEXT NOT NULL,
    holder       TEXT NOT NULL CHECK (holder IN ('association', 'individual', 'each')),
    unit         TEXT NOT NULL CHECK (unit IN ('hours', 'bookings')),
    most         BIGINT NOT NULL CHECK (most > 0),
    period       TEXT NOT NULL CHECK (period IN ('day', 'week', 'month', 'season')),
    season_month BIGINT NOT NULL DEFAULT 1 CHECK (season_month BETWEEN 1 AND 12),  -- its first day
    season_day   BIGINT NOT NULL DEFAULT 1 CHECK (season_day BETWEEN 1 AND 28),
    UNIQUE (town_id, key)
);

CREATE TABLE quota_rooms (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    quota_id BIGINT NOT NULL REFERENCES quotas(id),
    room_id  BIGINT NOT NULL REFERENCES rooms(id),
    PRIMARY KEY (quota_id, room_id)
);
