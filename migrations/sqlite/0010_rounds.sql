-- The yearly round: associations wish for weekly slots, the office allocates by written criteria. A
-- wish keeps what was settled for it, what the last proposal decided and why, and its series.

CREATE TABLE rounds (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    name          TEXT NOT NULL,
    status        TEXT NOT NULL DEFAULT 'draft'
                  CHECK (status IN ('draft', 'open', 'closed', 'proposed', 'published')),
    wishes_from   TEXT NOT NULL,                     -- local dates of the town, both included
    wishes_until  TEXT NOT NULL,
    season_first  TEXT NOT NULL,
    season_last   TEXT NOT NULL,
    skip_holidays BIGINT NOT NULL DEFAULT 0 CHECK (skip_holidays IN (0, 1)), -- public ones
    version       BIGINT NOT NULL DEFAULT 0,         -- grows with each change of it or its wishes
    points        BIGINT NOT NULL DEFAULT 0,         -- of the last proposal, all wishes together
    is_optimal    BIGINT NOT NULL DEFAULT 0 CHECK (is_optimal IN (0, 1)),
    created_at    BIGINT NOT NULL,
    created_by_id BIGINT NOT NULL REFERENCES people(id)
);
CREATE INDEX rounds_town ON rounds(town_id, id);

-- What a wish earns points for, in the order it was written.
CREATE TABLE round_criteria (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    round_id BIGINT NOT NULL REFERENCES rounds(id),
    position BIGINT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('every_wish', 'preference', 'people', 'fill', 'group',
                                           'continuity', 'first_wish')),
    wording  TEXT NOT NULL,                          -- as the town decided it
    weight   BIGINT NOT NULL CHECK (weight BETWEEN 1 AND 100),
    group_id BIGINT REFERENCES booker_groups(id),    -- of kind 'group' only
    PRIMARY KEY (round_id, position),
    CHECK ((kind = 'group') = (group_id IS NOT NULL))
);

CREATE TABLE round_wishes (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    round_id       BIGINT NOT NULL REFERENCES rounds(id),
    association_id BIGINT NOT NULL REFERENCES associations(id),
    booker_id      BIGINT NOT NULL REFERENCES people(id),
    stated_by_id   BIGINT NOT NULL REFERENCES people(id),   -- the office, on somebody's behalf
    stated_at      BIGINT NOT NULL,
    withdrawn      BIGINT NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    weekday        TEXT NOT NULL,
    start_time     TEXT NOT NULL,                    -- local, 'HH:MM'
    end_time       TEXT NOT NULL,
    end_day_offset BIGINT NOT NULL CHECK (end_day_offset IN (0, 1)),
    attendees      BIGINT NOT NULL CHECK (attendees > 0),
    layout         TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    version        BIGINT NOT NULL DEFAULT 0,
    -- What the office settled: a place, or none ('out').
    pin            TEXT NOT NULL DEFAULT '' CHECK (pin IN ('', 'place', 'out')),
    pin_reason     TEXT NOT NULL DEFAULT '',
    pin_room_id    BIGINT REFERENCES rooms(id),
    pin_weekday    TEXT NOT NULL DEFAULT '',
    pin_start      TEXT NOT NULL DEFAULT '',
    pin_end        TEXT NOT NULL DEFAULT '',
    pin_end_day    BIGINT NOT NULL DEFAULT 0,
    -- What the last proposal decided; without a room it got nothing.
    verdict        TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'given', 'settled', 'outbid',
                                                               'excluded', 'nothing_fits',
                                                               'no_date')),
    points         BIGINT NOT NULL DEFAULT 0,
    why_fr         TEXT NOT NULL DEFAULT '',
    why_en         TEXT NOT NULL DEFAULT '',
    room_id        BIGINT REFERENCES rooms(id),
    given_weekday  TEXT NOT NULL DEFAULT '',
    given_start    TEXT NOT NULL DEFAULT '',
    given_end      TEXT NOT NULL DEFAULT '',
    given_end_day  BIGINT NOT NULL DEFAULT 0,
    series_id      BIGINT REFERENCES series(id),     -- what it became
    waits          BIGINT NOT NULL DEFAULT 0,        -- dates that it waits for instead
    CHECK ((pin = 'place') = (pin_room_id IS NOT NULL))
);
CREATE INDEX round_wishes_round ON round_wishes(round_id, id);

-- In order of preference.
CREATE TABLE round_wish_rooms (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    wish_id  BIGINT NOT NULL REFERENCES round_wishes(id),
    position BIGINT NOT NULL,
    room_id  BIGINT NOT NULL REFERENCES rooms(id),
    PRIMARY KEY (wish_id, position)
);

CREATE TABLE round_wish_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    wish_id      BIGINT NOT NULL REFERENCES round_wishes(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (wish_id, equipment_id)
);
