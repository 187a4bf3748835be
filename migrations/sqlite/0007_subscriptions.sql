-- Services of the town that are told what becomes of bookings, at once or once a day.

CREATE TABLE subscriptions (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    service       TEXT NOT NULL,
    email         TEXT NOT NULL,
    locale        TEXT NOT NULL CHECK (locale IN ('fr', 'en')),
    rhythm        TEXT NOT NULL CHECK (rhythm IN ('at_once', 'daily')),
    daily_at      TEXT NOT NULL DEFAULT '',          -- local 'HH:MM' in the town's zone; daily only
    site_id       BIGINT REFERENCES sites(id),       -- NULL with no room: the whole town
    room_id       BIGINT REFERENCES rooms(id),
    holders       TEXT NOT NULL CHECK (holders IN ('all', 'associations', 'individuals')),
    created_by_id BIGINT NOT NULL REFERENCES people(id),
    created_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    told_until    BIGINT NOT NULL,                   -- daily: the last audit line it was told of
    told_on       TEXT NOT NULL DEFAULT '',          -- daily: the last local date that had its mail
    CHECK (site_id IS NULL OR room_id IS NULL),
    CHECK ((rhythm = 'daily') = (daily_at <> ''))
);
CREATE INDEX subscriptions_town ON subscriptions(town_id, rhythm);

CREATE TABLE subscription_changes (
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    subscription_id BIGINT NOT NULL REFERENCES subscriptions(id),
    change          TEXT NOT NULL
                    CHECK (change IN ('requested', 'approved', 'refused', 'cancelled', 'moved')),
    PRIMARY KEY (subscription_id, change)
);

-- Such a mail goes to the subscription's address; person_id is then who subscribed the service.
ALTER TABLE outbox ADD COLUMN subscription_id BIGINT REFERENCES subscriptions(id);
