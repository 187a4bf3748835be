-- A removed closure keeps its spaces until all who waited for them have been asked, in the order of
-- the line and a bounded number in a write: nobody else has a slot before them. A row goes when the
-- closure occupies nothing any more.
CREATE TABLE closure_openings (
    town_id    BIGINT NOT NULL REFERENCES towns(id),
    closure_id BIGINT NOT NULL REFERENCES closures(id),
    asked_to   BIGINT NOT NULL DEFAULT 0,    -- the waits up to this id have been asked
    PRIMARY KEY (town_id, closure_id)
);
