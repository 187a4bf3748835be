-- How a door behaves and when it stands open for everybody. A door without a row is as by default.

CREATE TABLE door_options (
    door_id              BIGINT PRIMARY KEY REFERENCES doors(id),
    town_id              BIGINT NOT NULL REFERENCES towns(id),
    longer_unlock_ms     BIGINT NOT NULL CHECK (longer_unlock_ms BETWEEN 500 AND 60000),
    held_open_s          BIGINT NOT NULL CHECK (held_open_s BETWEEN 0 AND 3600),
    pre_alarm_s          BIGINT NOT NULL CHECK (pre_alarm_s >= 0),
    relock               TEXT NOT NULL CHECK (relock IN ('on_closing', 'on_opening', 'after_time')),
    passback             TEXT NOT NULL CHECK (passback IN ('off', 'soft', 'hard')),
    passback_min         BIGINT NOT NULL CHECK (passback_min BETWEEN 0 AND 1440),
    passes_when_expired  BIGINT NOT NULL CHECK (passes_when_expired IN (0, 1)),
    high_assurance       BIGINT NOT NULL CHECK (high_assurance IN (0, 1)),
    free_after_first     BIGINT NOT NULL CHECK (free_after_first IN (0, 1)),
    skip_public_holidays BIGINT NOT NULL CHECK (skip_public_holidays IN (0, 1)),
    skip_school_holidays BIGINT NOT NULL CHECK (skip_school_holidays IN (0, 1)),
    version              BIGINT NOT NULL DEFAULT 1,
    CHECK (held_open_s = 0 AND pre_alarm_s = 0 OR pre_alarm_s < held_open_s),
    CHECK ((passback = 'off') = (passback_min = 0))
);

CREATE TRIGGER policy_serial_option AFTER INSERT ON door_options BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_options AFTER UPDATE ON door_options BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
