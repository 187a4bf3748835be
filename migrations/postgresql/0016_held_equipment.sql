-- Holds and waits carry equipment. A hold takes it off the stock as a booking does, until the first
-- write after its deadline; a wait takes nothing.

CREATE TABLE hold_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    hold_id      BIGINT NOT NULL REFERENCES holds(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (hold_id, equipment_id)
);
CREATE TABLE wait_equipment (
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    wait_id      BIGINT NOT NULL REFERENCES waits(id),
    equipment_id BIGINT NOT NULL REFERENCES equipment(id),
    quantity     BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (wait_id, equipment_id)
);

-- A row exists if and only if its source, a booking or a hold, occupies its room. The triggers of
-- the table look at neither column.
DROP INDEX equipment_takings_booking;
ALTER TABLE equipment_takings DROP CONSTRAINT equipment_takings_booking_id_fkey;
ALTER TABLE equipment_takings DROP CONSTRAINT equipment_takings_pkey;
ALTER TABLE equipment_takings RENAME COLUMN booking_id TO source_id;
ALTER TABLE equipment_takings ADD COLUMN source_kind TEXT NOT NULL DEFAULT 'booking'
    CHECK (source_kind IN ('booking', 'hold'));
ALTER TABLE equipment_takings ALTER COLUMN source_kind DROP DEFAULT;
ALTER TABLE equipment_takings ADD COLUMN expires_at BIGINT;  -- of a hold; NULL: it lasts
ALTER TABLE equipment_takings ADD CONSTRAINT equipment_takings_expires_at_check
    CHECK ((source_kind = 'hold') = (expires_at IS NOT NULL));
ALTER TABLE equipment_takings ADD PRIMARY KEY (equipment_id, start_at, source_kind, source_id);
CREATE INDEX equipment_takings_source ON equipment_takings(source_kind, source_id);

-- 1: what a round left somebody waiting for; by oneself one joins a bounded number of lines.
ALTER TABLE waits ADD COLUMN in_round BIGINT NOT NULL DEFAULT 0 CHECK (in_round IN (0, 1));
CREATE INDEX waits_booker ON waits(booker_id) WHERE status = 'waiting' AND in_round = 0;
