-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- The life of each instance that is or was there.
CREATE TABLE inventory_instances (
    id         TEXT NOT NULL PRIMARY KEY,
    -- since of the newest version
    newest     INTEGER NOT NULL,
    -- when anything was told of it last, by Nova's clock
    told       INTEGER NOT NULL,
    -- when it was started first, as far as known
    launched   INTEGER,
    ended      INTEGER,
    -- beginning of the first reading of all instances that lacked it
    lacking    INTEGER
) STRICT;
CREATE INDEX inventory_instances_by_end ON inventory_instances (ended, launched);

-- How each was from some moment on, until the next version.
CREATE TABLE inventory_versions (
    id         TEXT NOT NULL,
    since      INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    -- the share of hosts that its host is in
    share      INTEGER NOT NULL,
    host       TEXT,
    launched   INTEGER,
    ended      INTEGER,
    -- JSON, deflated
    fields     BLOB NOT NULL,
    PRIMARY KEY (id, since)
) STRICT;

-- What the inventory is complete of, by source, on the clock of the source.
CREATE TABLE inventory_marks (
    source         TEXT NOT NULL PRIMARY KEY,
    -- null until it was read whole
    complete_from  INTEGER,
    complete_until INTEGER,
    updated_at     INTEGER NOT NULL,
    -- who reads the source
    reader         TEXT,
    lease_until    INTEGER NOT NULL
) STRICT;

-- Audits, each done once. The row is the lock: whoever runs one holds a lease of it.
CREATE TABLE audit_runs (
    task         TEXT NOT NULL,
    scope        TEXT NOT NULL,
    period_begin INTEGER NOT NULL,
    period_end   INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('RUNNING', 'FAILED', 'DONE', 'AGAIN')),
    owner        TEXT NOT NULL,
    -- grows with each time it was begun
    attempt      INTEGER NOT NULL,
    lease_until  INTEGER NOT NULL,
    began        INTEGER NOT NULL,
    ended        INTEGER,
    -- up to which resource it came
    position     TEXT NOT NULL,
    items        INTEGER NOT NULL,
    errors       INTEGER NOT NULL,
    message      TEXT NOT NULL,
    -- where the inventory was read, and up to when it was complete there
    source       TEXT NOT NULL,
    watermark    INTEGER NOT NULL,
    PRIMARY KEY (task, scope, period_begin, period_end)
) STRICT;
CREATE INDEX audit_runs_by_end ON audit_runs (period_end);

-- Who was metered for an instance and a period: the first that told it. Others are compared.
CREATE TABLE audit_occurrences (
    resource     TEXT NOT NULL,
    period_begin INTEGER NOT NULL,
    period_end   INTEGER NOT NULL,
    message_key  BLOB NOT NULL,
    accepted_at  INTEGER NOT NULL,
    -- traits that are compared, JSON
    facts        TEXT NOT NULL,
    -- how many others told the same
    others       INTEGER NOT NULL,
    -- who told it otherwise last, and how: [[trait, metered, other], …]; null if nobody did
    other_key    BLOB,
    differences  TEXT,
    PRIMARY KEY (resource, period_begin, period_end)
) STRICT;
CREATE INDEX audit_occurrences_by_age ON audit_occurrences (accepted_at);
