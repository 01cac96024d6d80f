-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- The life of each instance that is or was there.
CREATE TABLE IF NOT EXISTS inventory_instances (
    id         varchar(600) NOT NULL PRIMARY KEY,
    -- since of the newest version
    newest     bigint NOT NULL,
    -- when anything was told of it last, by Nova's clock
    told       bigint NOT NULL,
    -- when it was started first, as far as known
    launched   bigint,
    ended      bigint,
    -- beginning of the first reading of all instances that lacked it
    lacking    bigint
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS inventory_instances_by_end ON inventory_instances (ended, launched);

-- How each was from some moment on, until the next version.
CREATE TABLE IF NOT EXISTS inventory_versions (
    id         varchar(600) NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    -- the share of hosts that its host is in
    share      bigint NOT NULL,
    host       longtext,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     longblob NOT NULL,
    PRIMARY KEY (id, since)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What the inventory is complete of, by source, on the clock of the source.
CREATE TABLE IF NOT EXISTS inventory_marks (
    source         varchar(600) NOT NULL PRIMARY KEY,
    -- null until it was read whole
    complete_from  bigint,
    complete_until bigint,
    updated_at     bigint NOT NULL,
    -- who reads the source
    reader         longtext,
    lease_until    bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Audits, each done once. The row is the lock: whoever runs one holds a lease of it.
CREATE TABLE IF NOT EXISTS audit_runs (
    task         varchar(60) NOT NULL,
    scope        varchar(400) NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    state        varchar(20) NOT NULL CHECK (state IN ('RUNNING', 'FAILED', 'DONE', 'AGAIN')),
    owner        longtext NOT NULL,
    -- grows with each time it was begun
    attempt      bigint NOT NULL,
    lease_until  bigint NOT NULL,
    began        bigint NOT NULL,
    ended        bigint,
    -- up to which resource it came
    position     longtext NOT NULL,
    items        bigint NOT NULL,
    errors       bigint NOT NULL,
    message      longtext NOT NULL,
    -- where the inventory was read, and up to when it was complete there
    source       longtext NOT NULL,
    watermark    bigint NOT NULL,
    PRIMARY KEY (task, scope, period_begin, period_end)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS audit_runs_by_end ON audit_runs (period_end);

-- Who was metered for an instance and a period: the first that told it. Others are compared.
CREATE TABLE IF NOT EXISTS audit_occurrences (
    resource     varchar(600) NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    message_key  binary(16) NOT NULL,
    accepted_at  bigint NOT NULL,
    -- traits that are compared, JSON
    facts        longtext NOT NULL,
    -- how many others told the same
    others       bigint NOT NULL,
    -- who told it otherwise last, and how: [[trait, metered, other], …]; null if nobody did
    other_key    binary(16),
    differences  longtext,
    PRIMARY KEY (resource, period_begin, period_end)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS audit_occurrences_by_age ON audit_occurrences (accepted_at);
