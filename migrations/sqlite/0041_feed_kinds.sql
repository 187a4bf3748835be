-- A calendar of a room or a site may show the bookings of one kind alone.

ALTER TABLE feeds ADD COLUMN booking_kind TEXT NOT NULL DEFAULT ''; -- key of a kind; '': of all
