-- Letters to people without an e-mail address, and mails that come back.

-- Who has no e-mail address gets letters.
ALTER TABLE people ADD COLUMN has_email BIGINT NOT NULL DEFAULT 1
    CHECK (has_email IN (0, 1));                      -- 0: `email` holds the key, which is unique too
ALTER TABLE people ADD COLUMN postal_address TEXT NOT NULL DEFAULT '';  -- lines

-- A message may become a letter, and a mail may come back.
CREATE TABLE outbox_widened (
    id              INTEGER PRIMARY KEY,
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    template        TEXT NOT NULL,
    person_id       BIGINT NOT NULL REFERENCES people(id),
    booking_id      BIGINT REFERENCES bookings(id),
    credential_id   BIGINT REFERENCES credentials(id),
    facts           TEXT NOT NULL,                   -- JSON object
    created_at      BIGINT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'sent', 'dead', 'superseded', 'letter', 'printed',
                                     'bounced')),
    attempts        BIGINT NOT NULL DEFAULT 0,
    next_try_at     BIGINT NOT NULL,
    done_at         BIGINT,
    last_error      TEXT NOT NULL DEFAULT '',
    subscription_id BIGINT REFERENCES subscriptions(id),
    series_id       BIGINT REFERENCES series(id),    -- about the series, not about one booking
    token           TEXT NOT NULL DEFAULT ''         -- of the Message-ID: nobody guesses it
);
INSERT INTO outbox_widened (id, town_id, template, person_id, booking_id, credential_id, facts,
                            created_at, state, attempts, next_try_at, done_at, last_error,
                            subscription_id)
SELECT id, town_id, template, person_id, booking_id, credential_id, facts, created_at, state,
       attempts, next_try_at, done_at, last_error, subscription_id
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_widened RENAME TO outbox;
CREATE INDEX outbox_due ON outbox(state, next_try_at);
CREATE INDEX outbox_booking ON outbox(booking_id);
CREATE INDEX outbox_series ON outbox(series_id) WHERE series_id IS NOT NULL;
CREATE INDEX outbox_letters ON outbox(town_id, id) WHERE state = 'letter';
