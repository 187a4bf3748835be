-- A room gives the rest of a slot back when nobody came, where its doors prove it.

-- So many minutes after the start; NULL: never.
ALTER TABLE room_rules ADD COLUMN release_min BIGINT CHECK (release_min BETWEEN 5 AND 240);

-- The agent came without a pause ever since, and this server with it, its clock trusted each time;
-- NULL: not.
ALTER TABLE door_agents ADD COLUMN unbroken_since BIGINT;

CREATE TABLE releases (
    booking_id   BIGINT PRIMARY KEY REFERENCES bookings(id),
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    start_at     BIGINT NOT NULL,                    -- of the slot that was given back; a move leaves it behind
    booked_until BIGINT NOT NULL                     -- its end as it was booked
);
