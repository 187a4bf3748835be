-- Who holds a pass of an association, for its managers alone: one row a pass, overwritten when it
-- changes hands, so that nothing tells who held it before.
CREATE TABLE pass_holders (
    pass_row_id BIGINT PRIMARY KEY REFERENCES passes(id),
    town_id     BIGINT NOT NULL REFERENCES towns(id),
    name        TEXT NOT NULL,
    outbox_id   BIGINT REFERENCES outbox(id)         -- the mail that took it there
);

-- Where a waiting mail goes, when nobody may read it in the town: gone with the mail.
CREATE TABLE passing_addresses (
    outbox_id BIGINT PRIMARY KEY REFERENCES outbox(id),
    town_id   BIGINT NOT NULL REFERENCES towns(id),
    address   TEXT NOT NULL
);
