-- What people order doors to do from afar. Nothing is queued: an agent asks for it at once or never.

CREATE TABLE door_commands (
    id          INTEGER PRIMARY KEY,
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    agent_id    BIGINT NOT NULL REFERENCES door_agents(id),
    door_id     BIGINT NOT NULL REFERENCES doors(id),
    ground      TEXT NOT NULL,                       -- a code
    end_at      BIGINT,                              -- of free access; NULL: open once
    asked_by_id BIGINT NOT NULL REFERENCES people(id),
    asked_at    BIGINT NOT NULL,
    offered_to  BIGINT NOT NULL,                     -- until then the agent may ask for it
    taken_at    BIGINT,                              -- it did, once
    boot        TEXT NOT NULL DEFAULT '',            -- since that start of its machine
    nonce       TEXT NOT NULL DEFAULT '',            -- by this nonce, hexadecimal
    CHECK (offered_to > asked_at),
    CHECK ((taken_at IS NULL) = (nonce = ''))
);
CREATE INDEX door_commands_offered ON door_commands(agent_id, offered_to);
CREATE INDEX door_commands_asked ON door_commands(town_id, asked_at);
