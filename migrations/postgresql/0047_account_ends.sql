-- The mail that announces the end of an account that nobody uses is what its erasure rests on.
CREATE INDEX outbox_account_unused ON outbox(person_id) WHERE template = 'account_unused';
