-- What the office keeps of associations and people, and where staff belong.

ALTER TABLE associations ADD COLUMN address TEXT NOT NULL DEFAULT '';      -- lines
ALTER TABLE associations ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE associations ADD COLUMN declaration TEXT NOT NULL DEFAULT '';  -- number at the prefecture
ALTER TABLE associations ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
ALTER TABLE associations ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Changed here, so that an import does not take it back unasked; NULL: as the town's file said.
ALTER TABLE associations ADD COLUMN edited_at BIGINT;

ALTER TABLE people ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN edited_at BIGINT;

-- An association's own list, for its managers alone; the town may not ask for one.
CREATE TABLE association_members (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    association_id BIGINT NOT NULL REFERENCES associations(id),
    name           TEXT NOT NULL,
    email          TEXT NOT NULL DEFAULT ''
);
CREATE INDEX association_members_of ON association_members(association_id, id);

CREATE TABLE departments (
    id      INTEGER PRIMARY KEY,
    town_id BIGINT NOT NULL REFERENCES towns(id),
    name    TEXT NOT NULL,
    UNIQUE (town_id, name)
);

CREATE TABLE staff (
    person_id       BIGINT PRIMARY KEY REFERENCES people(id),
    town_id         BIGINT NOT NULL REFERENCES towns(id),
    department_id   BIGINT NOT NULL REFERENCES departments(id),
    line_manager_id BIGINT REFERENCES people(id),
    from_date       TEXT NOT NULL,                   -- local dates, both included
    until_date      TEXT NOT NULL DEFAULT '',        -- empty: no end
    version         BIGINT NOT NULL DEFAULT 1,
    CHECK (until_date = '' OR until_date >= from_date),
    CHECK (line_manager_id IS NULL OR line_manager_id <> person_id)
);
CREATE INDEX staff_department ON staff(department_id);

-- What a member of staff is there for (missions).
CREATE TABLE duties (
    id         INTEGER PRIMARY KEY,
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    person_id  BIGINT NOT NULL REFERENCES staff(person_id),
    word       TEXT NOT NULL,
    from_date  TEXT NOT NULL,
    until_date TEXT NOT NULL DEFAULT '',
    CHECK (until_date = '' OR until_date >= from_date)
);
CREATE INDEX duties_person ON duties(person_id);
