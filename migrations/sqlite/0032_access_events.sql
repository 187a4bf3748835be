-- What door agents tell: who was let in or refused at a door, and how doors fare.

CREATE TABLE access_journals (
    id            INTEGER PRIMARY KEY,
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    agent_id      BIGINT NOT NULL REFERENCES door_agents(id),
    journal       TEXT NOT NULL,                     -- the journal's random id, hexadecimal
    last_sequence BIGINT NOT NULL,                   -- all up to it came
    last_hash     TEXT NOT NULL,                     -- of that row, as the agent chains them; or empty
    UNIQUE (agent_id, journal)
);

-- Ids and codes only: a pass by its number, a badge by its row, never a name.
CREATE TABLE access_events (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    journal_id     BIGINT NOT NULL REFERENCES access_journals(id),
    sequence       BIGINT NOT NULL,
    kind           TEXT NOT NULL,                    -- a code: 'granted', 'refused', …
    reason         TEXT NOT NULL,                    -- a code: 'granted_booking', 'revoked', …
    clock          TEXT NOT NULL CHECK (clock IN ('trusted', 'holdover', 'untrusted')),
    door_id        BIGINT REFERENCES doors(id),
    reader         TEXT NOT NULL,
    pass_number    BIGINT,
    badge_id       BIGINT REFERENCES badges(id),
    association_id BIGINT REFERENCES associations(id), -- whose pass or badge it is, where no person's
    count          BIGINT NOT NULL CHECK (count > 0),
    occurred_at    BIGINT NOT NULL,                  -- by the agent's clock
    received_at    BIGINT NOT NULL,
    kept_since     BIGINT NOT NULL,                  -- occurred_at where that clock is believed
    UNIQUE (journal_id, sequence)
);
CREATE INDEX access_events_when ON access_events(town_id, occurred_at);
CREATE INDEX access_events_kept ON access_events(town_id, kept_since);
CREATE INDEX access_events_badge ON access_events(badge_id) WHERE badge_id IS NOT NULL;
CREATE INDEX access_events_pass ON access_events(town_id, pass_number)
    WHERE pass_number IS NOT NULL;
