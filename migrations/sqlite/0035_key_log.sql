-- How much of creneau-signer's keys.log stands in the security log: so many bytes.
ALTER TABLE towns ADD COLUMN key_log_read BIGINT NOT NULL DEFAULT 0 CHECK (key_log_read >= 0);
