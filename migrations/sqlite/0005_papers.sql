-- Papers that a room asks of whoever books it. What is missing blocks the pass, not the request.

CREATE TABLE room_papers (
    town_id BIGINT NOT NULL REFERENCES towns(id),
    room_id BIGINT NOT NULL REFERENCES room_rules(room_id),
    kind    TEXT NOT NULL CHECK (kind IN ('insurance', 'agreement', 'deposit')),
    PRIMARY KEY (room_id, kind)
);

-- A paper of an association or of a person; it counts once the office has accepted it.
CREATE TABLE papers (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    holder_kind    TEXT NOT NULL CHECK (holder_kind IN ('association', 'person')),
    holder_id      BIGINT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('insurance', 'agreement', 'deposit')),
    valid_from     TEXT NOT NULL,                    -- local date
    valid_until    TEXT NOT NULL DEFAULT '',         -- local date, included; empty: no end
    recorded_at    BIGINT NOT NULL,
    recorded_by_id BIGINT NOT NULL REFERENCES people(id),
    accepted_at    BIGINT,
    accepted_by_id BIGINT REFERENCES people(id),
    CHECK (valid_until = '' OR valid_until >= valid_from),
    CHECK ((accepted_at IS NULL) = (accepted_by_id IS NULL))
);
CREATE INDEX papers_holder ON papers(town_id, holder_kind, holder_id);
