-- The messages that did not arrive, newest first.

CREATE INDEX outbox_undelivered ON outbox(town_id, id) WHERE state IN ('dead', 'bounced');
