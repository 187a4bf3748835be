-- A mail about a hold or an offer belongs to no booking: by its room the office there sees it.
ALTER TABLE outbox ADD COLUMN room_id BIGINT REFERENCES rooms(id);

-- Whoever is in line is asked again page by page, the longest waiting first.
CREATE INDEX waits_in_line ON waits(town_id, id) WHERE status = 'waiting';

-- What a round gave is asked for again as it was given.
CREATE INDEX round_wishes_series ON round_wishes(series_id) WHERE series_id IS NOT NULL;
