-- For how long a town keeps what; without a row, as long as the program says by itself.

CREATE TABLE retention (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    kind     TEXT NOT NULL,                          -- a code: 'messages', 'papers', …
    months   BIGINT NOT NULL CHECK (months BETWEEN 1 AND 1200),
    decision TEXT NOT NULL,                          -- number and date of the council's decision
    set_at   BIGINT NOT NULL,
    set_by_id BIGINT NOT NULL REFERENCES people(id),
    PRIMARY KEY (town_id, kind)
);
