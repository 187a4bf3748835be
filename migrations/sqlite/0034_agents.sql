-- Door agents: who they are, and when what their policies say has changed.

ALTER TABLE door_agents ADD COLUMN public_key TEXT;   -- Ed25519, hexadecimal; NULL: may not come in
ALTER TABLE door_agents ADD COLUMN offered_key TEXT;  -- enrolled by the code; a person has to confirm it
ALTER TABLE door_agents ADD COLUMN offered_at BIGINT;
ALTER TABLE door_agents ADD COLUMN confirmed_at BIGINT;
ALTER TABLE door_agents ADD COLUMN revoked_at BIGINT;
ALTER TABLE door_agents ADD COLUMN counter BIGINT NOT NULL DEFAULT 0;  -- nonce of the last request
ALTER TABLE door_agents ADD COLUMN seen_at BIGINT;
ALTER TABLE door_agents ADD COLUMN held_generation BIGINT NOT NULL DEFAULT 0;  -- of the policy in force
ALTER TABLE door_agents ADD COLUMN held_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE door_agents ADD COLUMN clock TEXT NOT NULL DEFAULT '';
ALTER TABLE door_agents ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- One-time codes of enrolment: derived from the salt by a key that is in no database.
CREATE TABLE agent_codes (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    agent_id   BIGINT NOT NULL REFERENCES door_agents(id),
    salt       TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT                                -- used, or another one took its place
);
CREATE UNIQUE INDEX agent_codes_living ON agent_codes(agent_id) WHERE ended_at IS NULL;

-- Grows with every change of what policies are made from; who waits for a policy watches it.
CREATE TABLE policy_serials (
    town_id BIGINT PRIMARY KEY REFERENCES towns(id),
    serial  BIGINT NOT NULL
);
INSERT INTO policy_serials (town_id, serial) SELECT id, 1 FROM towns;
CREATE TRIGGER policy_serial_of_a_town AFTER INSERT ON towns BEGIN
    INSERT INTO policy_serials (town_id, serial) VALUES (NEW.id, 1);
END;
CREATE TRIGGER policy_serial_credentials AFTER UPDATE OF revoked_at ON credentials BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_people AFTER UPDATE OF enabled, active_from, active_until ON people BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_badge AFTER INSERT ON badges BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_badges AFTER UPDATE ON badges BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_door AFTER INSERT ON doors BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_doors AFTER UPDATE ON doors BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_door_gone AFTER DELETE ON doors BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = OLD.town_id;
END;
CREATE TRIGGER policy_serial_zone AFTER INSERT ON zone_doors BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_zone_gone AFTER DELETE ON zone_doors BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = OLD.town_id;
END;
CREATE TRIGGER policy_serial_window AFTER INSERT ON access_windows BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_windows AFTER UPDATE ON access_windows BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_window_gone AFTER DELETE ON access_windows BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = OLD.town_id;
END;
CREATE TRIGGER policy_serial_lockdown AFTER INSERT ON lockdowns BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_lockdowns AFTER UPDATE ON lockdowns BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
