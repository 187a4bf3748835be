-- More kinds of papers, their files, and what is said before they expire.

CREATE TABLE room_papers_widened (
    town_id BIGINT NOT NULL REFERENCES towns(id),
    room_id BIGINT NOT NULL REFERENCES room_rules(room_id),
    kind    TEXT NOT NULL CHECK (kind IN ('insurance', 'agreement', 'deposit', 'statutes',
                                          'declaration', 'commitment')),
    PRIMARY KEY (room_id, kind)
);
INSERT INTO room_papers_widened (town_id, room_id, kind)
SELECT town_id, room_id, kind FROM room_papers;
DROP TABLE room_papers;
ALTER TABLE room_papers_widened RENAME TO room_papers;

-- The file itself rests in a folder under its digest; the row alone says whose it is.
CREATE TABLE papers_widened (
    id             INTEGER PRIMARY KEY,
    town_id        BIGINT NOT NULL REFERENCES towns(id),
    holder_kind    TEXT NOT NULL CHECK (holder_kind IN ('association', 'person')),
    holder_id      BIGINT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('insurance', 'agreement', 'deposit', 'statutes',
                                                 'declaration', 'commitment')),
    reference      TEXT NOT NULL DEFAULT '',         -- a number on it: W751234567, of a contract
    valid_from     TEXT NOT NULL,                    -- local date
    valid_until    TEXT NOT NULL DEFAULT '',         -- local date, included; empty: no end
    recorded_at    BIGINT NOT NULL,
    recorded_by_id BIGINT NOT NULL REFERENCES people(id),
    accepted_at    BIGINT,
    accepted_by_id BIGINT REFERENCES people(id),
    file_digest    TEXT NOT NULL DEFAULT '',         -- BLAKE2b-256, hexadecimal; empty: no file
    file_size      BIGINT NOT NULL DEFAULT 0,
    file_type      TEXT NOT NULL DEFAULT ''
                   CHECK (file_type IN ('', 'application/pdf', 'image/png', 'image/jpeg')),
    file_name      TEXT NOT NULL DEFAULT '',
    CHECK (valid_until = '' OR valid_until >= valid_from),
    CHECK ((accepted_at IS NULL) = (accepted_by_id IS NULL)),
    CHECK ((file_digest = '') = (file_type = ''))
);
INSERT INTO papers_widened (id, town_id, holder_kind, holder_id, kind, valid_from, valid_until,
                            recorded_at, recorded_by_id, accepted_at, accepted_by_id)
SELECT id, town_id, holder_kind, holder_id, kind, valid_from, valid_until, recorded_at,
       recorded_by_id, accepted_at, accepted_by_id
FROM papers;
DROP TABLE papers;
ALTER TABLE papers_widened RENAME TO papers;
CREATE INDEX papers_holder ON papers(town_id, holder_kind, holder_id);
CREATE INDEX papers_expiry ON papers(town_id, valid_until) WHERE valid_until <> '';
CREATE INDEX papers_file ON papers(file_digest) WHERE file_digest <> '';

-- Who manages a holder heard of it: so many days before a paper's last day; 0: it has expired.
CREATE TABLE paper_alerts (
    town_id  BIGINT NOT NULL REFERENCES towns(id),
    paper_id BIGINT NOT NULL REFERENCES papers(id),
    days     BIGINT NOT NULL CHECK (days IN (0, 7, 30)),
    told_at  BIGINT NOT NULL,
    PRIMARY KEY (paper_id, days)
);
