-- When codes and reminders leave before their slot.

ALTER TABLE towns ADD COLUMN pass_ahead_min BIGINT NOT NULL DEFAULT 4320
    CHECK (pass_ahead_min BETWEEN 1440 AND 43200);
ALTER TABLE towns ADD COLUMN reminder_ahead_min BIGINT NOT NULL DEFAULT 1440
    CHECK (reminder_ahead_min BETWEEN 0 AND 43200);  -- 0: none

-- The start of which the booker was reminded, or told otherwise within that time: a booking that
-- moves has another.
ALTER TABLE bookings ADD COLUMN reminded_for BIGINT;
CREATE INDEX bookings_to_remind ON bookings(town_id, status, start_at)
    WHERE status = 'approved' AND (reminded_for IS NULL OR reminded_for <> start_at);
