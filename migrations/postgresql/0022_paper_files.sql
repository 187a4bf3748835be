-- More kinds of papers, their files, and what is said before they expire.

ALTER TABLE room_papers DROP CONSTRAINT room_papers_kind_check;
ALTER TABLE room_papers ADD CONSTRAINT room_papers_kind_check
    CHECK (kind IN ('insurance', 'agreement', 'deposit', 'statutes', 'declaration', 'commitment'));

-- The file itself rests in a folder under its digest; the row alone says whose it is.
ALTER TABLE papers DROP CONSTRAINT papers_kind_check;
ALTER TABLE papers ADD CONSTRAINT papers_kind_check
    CHECK (kind IN ('insurance', 'agreement', 'deposit', 'statutes', 'declaration', 'commitment'));
ALTER TABLE papers
    ADD COLUMN reference   TEXT NOT NULL DEFAULT '',  -- a number on it: W751234567, of a contract
    ADD COLUMN file_digest TEXT NOT NULL DEFAULT '',  -- BLAKE2b-256, hexadecimal; empty: no file
    ADD COLUMN file_size   BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN file_type   TEXT NOT NULL DEFAULT ''
        CHECK (file_type IN ('', 'application/pdf', 'image/png', 'image/jpeg')),
    ADD COLUMN file_name   TEXT NOT NULL DEFAULT '',
    ADD CHECK ((file_digest = '') = (file_type = ''));
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
