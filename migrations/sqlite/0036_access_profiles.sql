-- Access profiles: zones by weekly local hours, without the days of some calendars. They belong to
-- duties, so that what somebody may open follows what they are there for.

CREATE TABLE access_profiles (
    id                   INTEGER PRIMARY KEY,
    town_id              BIGINT NOT NULL REFERENCES towns(id),
    name                 TEXT NOT NULL,
    skip_public_holidays BIGINT NOT NULL DEFAULT 0 CHECK (skip_public_holidays IN (0, 1)),
    skip_school_holidays BIGINT NOT NULL DEFAULT 0 CHECK (skip_school_holidays IN (0, 1)),
    version              BIGINT NOT NULL DEFAULT 1,
    UNIQUE (town_id, name)
);

CREATE TABLE access_profile_zones (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    profile_id BIGINT NOT NULL REFERENCES access_profiles(id),
    zone_id    BIGINT NOT NULL REFERENCES zones(id),
    PRIMARY KEY (profile_id, zone_id)
);

-- The words of duties, as staff have them.
CREATE TABLE access_profile_duties (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    profile_id BIGINT NOT NULL REFERENCES access_profiles(id),
    word       TEXT NOT NULL,
    PRIMARY KEY (profile_id, word)
);
CREATE INDEX access_profile_duties_word ON access_profile_duties(town_id, word);
CREATE INDEX duties_word ON duties(town_id, word);

-- Minutes of the local day, half-open. They may overlap.
CREATE TABLE weekly_hours (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('profile', 'door')),
    owner_id   BIGINT NOT NULL,
    weekday    BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),  -- ISO: 1 is Monday
    from_min   BIGINT NOT NULL CHECK (from_min >= 0),
    until_min  BIGINT NOT NULL CHECK (until_min <= 1440),
    CHECK (until_min > from_min)
);
CREATE INDEX weekly_hours_owner ON weekly_hours(town_id, owner_kind, owner_id);

-- The same as instants, day by day from today on: what policies are made from.
CREATE TABLE hours_ahead (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    owner_kind TEXT NOT NULL,
    owner_id   BIGINT NOT NULL,
    time_zone  TEXT NOT NULL,
    local_date TEXT NOT NULL,                        -- 'YYYY-MM-DD' in that zone
    start_at   BIGINT NOT NULL,
    end_at     BIGINT NOT NULL,
    CHECK (end_at > start_at)
);
CREATE INDEX hours_ahead_owner ON hours_ahead(town_id, owner_kind, owner_id);

-- Local date on which hours_ahead was made last; empty: it has to be made anew.
ALTER TABLE towns ADD COLUMN hours_made_on TEXT NOT NULL DEFAULT '';

CREATE TRIGGER hours_of_a_calendar AFTER INSERT ON school_calendars BEGIN
    UPDATE towns SET hours_made_on = '' WHERE id = NEW.town_id;
END;
CREATE TRIGGER hours_of_a_changed_calendar AFTER UPDATE ON school_calendars BEGIN
    UPDATE towns SET hours_made_on = '' WHERE id = NEW.town_id;
END;
CREATE TRIGGER hours_of_the_towns_calendars AFTER UPDATE OF school_zone, holiday_law ON towns BEGIN
    UPDATE towns SET hours_made_on = '' WHERE id = NEW.id;
END;
CREATE TRIGGER hours_of_a_site AFTER INSERT ON sites BEGIN
    UPDATE towns SET hours_made_on = '' WHERE id = NEW.town_id;
END;
CREATE TRIGGER hours_of_a_changed_site AFTER UPDATE OF time_zone ON sites BEGIN
    UPDATE towns SET hours_made_on = '' WHERE id = NEW.town_id;
END;

CREATE TRIGGER policy_serial_hours AFTER UPDATE OF hours_made_on ON towns BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.id;
END;
CREATE TRIGGER policy_serial_profile AFTER INSERT ON access_profiles BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_profiles AFTER UPDATE ON access_profiles BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_profile_gone AFTER DELETE ON access_profiles BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = OLD.town_id;
END;
CREATE TRIGGER policy_serial_duty AFTER INSERT ON duties BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_duties AFTER UPDATE ON duties BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
CREATE TRIGGER policy_serial_duty_gone AFTER DELETE ON duties BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = OLD.town_id;
END;
CREATE TRIGGER policy_serial_staff AFTER UPDATE OF from_date, until_date ON staff BEGIN
    UPDATE policy_serials SET serial = serial + 1 WHERE town_id = NEW.town_id;
END;
