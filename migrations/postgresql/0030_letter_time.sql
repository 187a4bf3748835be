-- People on paper: how long a letter is on its way, and until when a message is of use.

ALTER TABLE towns ADD COLUMN letter_ahead_min BIGINT NOT NULL DEFAULT 7200  -- five days
    CHECK (letter_ahead_min BETWEEN 0 AND 43200);
ALTER TABLE outbox ADD COLUMN needed_by BIGINT;  -- what it tells of begins, or may be answered until; NULL: no matter
