-- How door agents and their doors are, as the agents last said.

ALTER TABLE door_agents ADD COLUMN policy_age BIGINT;  -- seconds at seen_at; NULL: it has no policy
ALTER TABLE door_agents ADD COLUMN journal_unsent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE door_agents ADD COLUMN journal_capacity BIGINT NOT NULL DEFAULT 0;

-- Apart from doors: what those say goes into policies.
CREATE TABLE door_phases (
    door_id BIGINT PRIMARY KEY REFERENCES doors(id),
    town_id BIGINT NOT NULL REFERENCES towns(id),
    phase   TEXT NOT NULL,                           -- a code: 'locked', 'forced', …
    since   BIGINT NOT NULL                          -- when the town first heard of it
);
