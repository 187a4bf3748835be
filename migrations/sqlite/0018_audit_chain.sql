-- The audit becomes a chain of hashes for each town and log, sealed each day (api/audit/FORMAT.md), and
-- holds codes only: what people wrote moves to `reasons`.

-- Why somebody decided as they did, in their own words; the audit has the line of the same subject,
-- action and instant.
CREATE TABLE reasons (
    id           INTEGER PRIMARY KEY,
    town_id      BIGINT NOT NULL REFERENCES towns(id),
    subject_kind TEXT NOT NULL,
    subject_id   BIGINT NOT NULL,
    action       TEXT NOT NULL,
    at           BIGINT NOT NULL,
    by_id        BIGINT REFERENCES people(id),
    reason       TEXT NOT NULL
);
CREATE INDEX reasons_subject ON reasons(subject_kind, subject_id, id);

INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, by_id, reason)
SELECT town_id, subject_kind, subject_id, action, at, actor_id, ground FROM audit
WHERE ground <> '' AND action <> 'closure_created'
AND (action = 'buffers_overridden' OR subject_kind = 'round_wish'
     OR ground GLOB '*[^a-z0-9_.:-]*' OR length(ground) > 64)
ORDER BY id;
UPDATE audit SET ground = ''
WHERE action IN ('buffers_overridden', 'closure_created') OR subject_kind = 'round_wish'
OR ground GLOB '*[^a-z0-9_.:-]*' OR length(ground) > 64;

ALTER TABLE audit ADD COLUMN log TEXT NOT NULL DEFAULT 'activity'
    CONSTRAINT audit_log CHECK (log IN ('activity', 'security'));
-- BLAKE2b-256 of this line and the one before it; empty: older than the chain.
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT ''
    CONSTRAINT audit_codes CHECK (
        length(hash) IN (0, 64)
        AND length(action) BETWEEN 1 AND 64 AND action NOT GLOB '*[^a-z0-9_.:-]*'
        AND length(subject_kind) BETWEEN 1 AND 64 AND subject_kind NOT GLOB '*[^a-z0-9_.:-]*'
        AND length(ground) <= 64 AND ground NOT GLOB '*[^a-z0-9_.:-]*');
-- In the order of the ids, which SQLite adds to each index.
CREATE INDEX audit_chain ON audit(town_id, log);

-- The lines of one UTC day of a log, and none after them that is of that day. Number 0: the lines
-- that are older than the chain. A purged day keeps its seal.
CREATE TABLE audit_seals (
    town_id       BIGINT NOT NULL REFERENCES towns(id),
    log           TEXT NOT NULL CHECK (log IN ('activity', 'security')),
    number        BIGINT NOT NULL CHECK (number >= 0),
    day           TEXT NOT NULL,                     -- 'YYYY-MM-DD'
    first_id      BIGINT NOT NULL,
    last_id       BIGINT NOT NULL,
    line_count    BIGINT NOT NULL CHECK (line_count > 0),
    last_hash     TEXT NOT NULL,                     -- of its last line
    previous_hash TEXT NOT NULL,                     -- of the seal before
    hash          TEXT NOT NULL,
    sealed_at     BIGINT NOT NULL,
    purged_at     BIGINT,
    emptied       BIGINT NOT NULL DEFAULT 0 CHECK (emptied IN (0, 1)), -- its last line is deleted
    PRIMARY KEY (town_id, log, number),
    UNIQUE (town_id, log, last_id),
    CHECK (first_id <= last_id),
    CHECK (emptied = 0 OR purged_at IS NOT NULL)
);
CREATE INDEX audit_seals_kept ON audit_seals(town_id, log, day) WHERE emptied = 0;

INSERT INTO audit_seals (town_id, log, number, day, first_id, last_id, line_count, last_hash,
                         previous_hash, hash, sealed_at)
SELECT town_id, 'activity', 0, strftime('%Y-%m-%d', MAX(at), 'unixepoch'), MIN(id), MAX(id),
       COUNT(*), '', '', '', MAX(at)
FROM audit GROUP BY town_id;

CREATE TRIGGER audit_is_chained BEFORE INSERT ON audit WHEN NEW.hash = ''
BEGIN
    SELECT RAISE(ABORT, 'audit_line_without_hash');
END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit_is_append_only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN NOT COALESCE((SELECT s.first_id <= OLD.id AND s.purged_at IS NOT NULL FROM audit_seals s
                   WHERE s.town_id = OLD.town_id AND s.log = OLD.log AND s.last_id >= OLD.id
                   ORDER BY s.last_id LIMIT 1), 0)
BEGIN
    SELECT RAISE(ABORT, 'audit_is_append_only');
END;

CREATE TRIGGER audit_seals_number BEFORE INSERT ON audit_seals WHEN NEW.number = 0
BEGIN
    SELECT RAISE(ABORT, 'audit_chain_has_begun');
END;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals
WHEN NEW.town_id IS NOT OLD.town_id OR NEW.log IS NOT OLD.log OR NEW.number IS NOT OLD.number
    OR NEW.day IS NOT OLD.day OR NEW.first_id IS NOT OLD.first_id OR NEW.last_id IS NOT OLD.last_id
    OR NEW.line_count IS NOT OLD.line_count OR NEW.last_hash IS NOT OLD.last_hash
    OR NEW.previous_hash IS NOT OLD.previous_hash OR NEW.hash IS NOT OLD.hash
    OR NEW.sealed_at IS NOT OLD.sealed_at OR NEW.emptied < OLD.emptied
    OR (OLD.purged_at IS NOT NULL AND NEW.purged_at IS NOT OLD.purged_at)
BEGIN
    SELECT RAISE(ABORT, 'audit_seal_is_kept');
END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'audit_seal_is_kept');
END;

-- How long activity is kept, and by which decision of the council; security is kept 12 months.
ALTER TABLE towns ADD COLUMN audit_months BIGINT NOT NULL DEFAULT 60
    CHECK (audit_months BETWEEN 12 AND 1200);
ALTER TABLE towns ADD COLUMN audit_decision TEXT NOT NULL DEFAULT '';
