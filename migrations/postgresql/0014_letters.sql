-- Letters to people without an e-mail address, and mails that come back.

-- Who has no e-mail address gets letters.
ALTER TABLE people ADD COLUMN has_email BIGINT NOT NULL DEFAULT 1
    CHECK (has_email IN (0, 1));                      -- 0: `email` holds the key, which is unique too
ALTER TABLE people ADD COLUMN postal_address TEXT NOT NULL DEFAULT '';  -- lines

-- A message may become a letter, and a mail may come back.
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
    CHECK (state IN ('waiting', 'sent', 'dead', 'superseded', 'letter', 'printed', 'bounced'));
ALTER TABLE outbox ADD COLUMN series_id BIGINT REFERENCES series(id);  -- not about one booking
ALTER TABLE outbox ADD COLUMN token TEXT NOT NULL DEFAULT '';  -- of the Message-ID: nobody guesses it
CREATE INDEX outbox_series ON outbox(series_id) WHERE series_id IS NOT NULL;
CREATE INDEX outbox_letters ON outbox(town_id, id) WHERE state = 'letter';
