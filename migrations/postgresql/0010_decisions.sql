-- What a town says with its answers, and without one.

ALTER TABLE towns ADD COLUMN service_address TEXT NOT NULL DEFAULT '';  -- of the office, by post
ALTER TABLE towns ADD COLUMN silence_means TEXT NOT NULL DEFAULT 'unsaid'
    CHECK (silence_means IN ('unsaid', 'accepted', 'refused'));
ALTER TABLE towns ADD COLUMN silence_months BIGINT NOT NULL DEFAULT 0
    CHECK (silence_months BETWEEN 0 AND 12);
ALTER TABLE towns ADD COLUMN silence_days BIGINT NOT NULL DEFAULT 0
    CHECK (silence_days BETWEEN 0 AND 366);
ALTER TABLE towns ADD COLUMN silence_decision TEXT NOT NULL DEFAULT '';  -- of the council
ALTER TABLE towns ADD COLUMN appeal_fr TEXT NOT NULL DEFAULT '';         -- empty: the usual words
ALTER TABLE towns ADD COLUMN appeal_en TEXT NOT NULL DEFAULT '';
