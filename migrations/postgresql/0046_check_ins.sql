-- Somebody came: the booking's pass or a badge of its association was let in at a door of the room.
-- Neither when nor by what: nothing of it tells about a person.

CREATE TABLE check_ins (
    booking_id BIGINT PRIMARY KEY REFERENCES bookings(id),
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    start_at   BIGINT NOT NULL                       -- of the slot they came for; a move leaves it behind
);
