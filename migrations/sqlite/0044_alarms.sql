-- Alarms of doors and of the agents that drive them, and who is told of them.

CREATE TABLE alarms (
    id       INTEGER PRIMARY KEY,
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    kind     TEXT NOT NULL
             CHECK (kind IN ('forced', 'held_open', 'foreign_write', 'agent_offline', 'policy_stale',
                             'clock_untrusted', 'journal_filling')),
    agent_id BIGINT NOT NULL REFERENCES door_agents(id),
    door_id  BIGINT REFERENCES doors(id),            -- NULL: about the agent itself
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,                                 -- NULL: it goes on
    heard_at BIGINT NOT NULL,                        -- when the town last heard of its begin or end
    CHECK (ended_at IS NULL OR ended_at >= begun_at)
);
-- One of a kind goes on at a time.
CREATE UNIQUE INDEX alarms_going_on ON alarms(agent_id, kind, (COALESCE(door_id, 0)))
    WHERE ended_at IS NULL;
CREATE INDEX alarms_town ON alarms(town_id, id);
CREATE INDEX alarms_heard ON alarms(agent_id, heard_at);

-- The service is told of alarms, too: at once, whatever its rhythm.
ALTER TABLE subscriptions ADD COLUMN alarms BIGINT NOT NULL DEFAULT 0 CHECK (alarms IN (0, 1));
