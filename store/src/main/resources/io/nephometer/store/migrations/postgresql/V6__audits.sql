-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- The life of each instance that is or was there.
CREATE TABLE inventory_instances (
    id         text NOT NULL PRIMARY KEY,
    -- since of the newest version
    newest     bigint NOT NULL,
    -- when anything was told of it last, by Nova's clock
    told       bigint NOT NULL,
    -- when it was started first, as far as known
    launched   bigint,
    ended      bigint,
    -- beginning of the first reading of all instances that lacked it
    lacking    bigint
);
CREATE INDEX inventory_instances_by_end ON inventory_instances (ended, launched);

-- How each was from some moment on, until the next version.
CREATE TABLE inventory_versions (
    id         text NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    -- the share of hosts that its host is in
    share      bigint NOT NULL,
    host       text,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     bytea NOT NULL,
    PRIMARY KEY (id, since)
);

-- What the inventory is complete of, by source, on the clock of the source.
CREATE TABLE inventory_marks (
    source         text NOT NULL PRIMARY KEY,
    -- null until it was read whole
    complete_from  bigint,
    complete_until bigint,
    updated_at     bigint NOT NULL,
    -- who reads the source
    reader         text,
    lease_until    bigint NOT NULL
);

-- Audits, each done once. The row is the lock: whoever runs one holds a lease of it.
CREATE TABLE audit_runs (
    task         text NOT NULL,
    scope        text NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    state        text NOT NULL CHECK (state IN ('RUNNING', 'FAILED', 'DONE', 'AGAIN')),
    owner        text NOT NULL,
    -- grows with each time it was begun
    attempt      bigint NOT NULL,
    lease_until  bigint NOT NULL,
    began        bigint NOT NULL,
    ended        bigint,
    -- up to which resource it came
    position     text NOT NULL,
    items        bigint NOT NULL,
    errors       bigint NOT NULL,
    message      text NOT NULL,
    -- where the inventory was read, and up to when it was complete there
    source       text NOT NULL,
    watermark    bigint NOT NULL,
    PRIMARY KEY (task, scope, period_begin, period_end)
);
CREATE INDEX audit_runs_by_end ON audit_runs (period_end);

-- Who was metered for an instance and a period: the first that told it. Others are compared.
CREATE TABLE audit_occurrences (
    resource     text NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    message_key  uuid NOT NULL,
    accepted_at  bigint NOT NULL,
    -- traits that are compared, JSON
    facts        text NOT NULL,
    -- how many others told the same
    others       bigint NOT NULL,
    -- who told it otherwise last, and how: [[trait, metered, other], …]; null if nobody did
    other_key    uuid,
    differences  text,
    PRIMARY KEY (resource, period_begin, period_end)
);
CREATE INDEX audit_occurrences_by_age ON audit_occurrences (accepted_at);
