-- What bookings are for, as the town sorts them, so that services hear of theirs alone.

CREATE TABLE booking_kinds (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    name_en TEXT NOT NULL,
    UNIQUE (town_id, key)
);

-- A key of booking_kinds, or empty.
ALTER TABLE bookings ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- A subscription without a row here is about every kind.
CREATE TABLE subscription_kinds (
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    subscription_id BIGINT NOT NULL REFERENCES subscriptions(id),
    kind            TEXT NOT NULL,
    PRIMARY KEY (subscription_id, kind)
);
