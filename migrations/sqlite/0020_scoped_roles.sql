-- A role holds in the whole town, at a site, for a room or over a department, and is given by somebody.
CREATE TABLE new_person_roles (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    person_id  BIGINT NOT NULL REFERENCES people(id),
    role       TEXT NOT NULL CHECK (role IN ('booker', 'office', 'administrator', 'stage_manager',
                                             'access_administrator', 'human_resources',
                                             'data_protection')),
    scope_kind TEXT NOT NULL DEFAULT 'town'
               CHECK (scope_kind IN ('town', 'site', 'room', 'department')),
    scope_id   BIGINT NOT NULL DEFAULT 0,           -- of the site, room or department
    given_by_id BIGINT REFERENCES people(id),       -- NULL: the town's file
    given_at   BIGINT NOT NULL DEFAULT 0,
    CHECK ((scope_kind = 'town') = (scope_id = 0)),
    UNIQUE (person_id, role, scope_kind, scope_id)
);
INSERT INTO new_person_roles (town_id, person_id, role)
    SELECT town_id, person_id, role FROM person_roles ORDER BY person_id, role;
DROP TABLE person_roles;
ALTER TABLE new_person_roles RENAME TO person_roles;
