-- Which line of a spreadsheet became which booking, so that a second import does not book it twice.

CREATE TABLE imported_bookings (
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    reference   TEXT NOT NULL,                       -- as the line gives it; without one, its content
    content     TEXT NOT NULL,                       -- BLAKE2b-256 of the line's values, hexadecimal
    booking_id  BIGINT NOT NULL REFERENCES bookings(id),
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (town_id, reference)
);
