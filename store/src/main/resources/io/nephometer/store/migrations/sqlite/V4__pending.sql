-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- Rows of samples that were committed before anybody knew the metadata of what they are of.
CREATE TABLE pending_samples (
    -- of the row in slot_samples
    sample_id INTEGER NOT NULL PRIMARY KEY,
    instance  TEXT    NOT NULL,
    -- the moment as of which the metadata is wanted
    as_of     INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    -- null while somebody may still complete it
    given_up  INTEGER,
    -- [what the sender told of the instance, what belongs into the metadata beside], JSON, deflated
    body      BLOB    NOT NULL
) STRICT;
CREATE INDEX pending_samples_by_age ON pending_samples (as_of);
