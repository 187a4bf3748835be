-- Who was let in by somebody else a short while ago is no second person yet.

-- When somebody else last gave or changed what lets this person in: the address, the second factor, the account
-- opened again. 0: nobody but whoever runs the server.
ALTER TABLE people ADD COLUMN let_in_at BIGINT NOT NULL DEFAULT 0 CHECK (let_in_at >= 0);

-- For so many days after that, and after a role that a person gave, they neither ask nor confirm.
ALTER TABLE towns ADD COLUMN settle_days BIGINT NOT NULL DEFAULT 7 CHECK (settle_days BETWEEN 1 AND 90);
