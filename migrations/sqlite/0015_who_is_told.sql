-- Who is told of what: services of their kinds of booking and of what leaves their rooms, and an
-- association that nobody manages.

-- What bookings are for, as the town sorts them.
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

-- Where a moved booking was before: by the audit line of its move.
CREATE TABLE booking_departures (
    audit_id    BIGINT PRIMARY KEY REFERENCES audit(id),
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    booking_id  BIGINT NOT NULL REFERENCES bookings(id),
    room_id     BIGINT NOT NULL REFERENCES rooms(id),
    local_start TEXT NOT NULL,                       -- 'YYYY-MM-DDTHH:MM' in that room's zone
    local_end   TEXT NOT NULL
);

CREATE INDEX booking_departures_booking ON booking_departures(booking_id, audit_id);

-- Set: the message is for the association itself; `person_id` is then who had it written.
ALTER TABLE outbox ADD COLUMN association_id BIGINT REFERENCES associations(id);
