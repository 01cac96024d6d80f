-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What there is beside instances: for each kind the life of each, and how it was from some moment on, as of instances.
-- launched is when it was made, as far as known.

CREATE TABLE IF NOT EXISTS inventory_hosts (
    id         varchar(600) NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS inventory_hosts_by_end ON inventory_hosts (ended);

CREATE TABLE IF NOT EXISTS inventory_host_versions (
    id         varchar(600) NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       longtext,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     longblob NOT NULL,
    PRIMARY KEY (id, since)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS inventory_flavors (
    id         varchar(600) NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS inventory_flavors_by_end ON inventory_flavors (ended);

CREATE TABLE IF NOT EXISTS inventory_flavor_versions (
    id         varchar(600) NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       longtext,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     longblob NOT NULL,
    PRIMARY KEY (id, since)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS inventory_volumes (
    id         varchar(600) NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS inventory_volumes_by_end ON inventory_volumes (ended);

CREATE TABLE IF NOT EXISTS inventory_volume_versions (
    id         varchar(600) NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       longtext,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     longblob NOT NULL,
    PRIMARY KEY (id, since)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS inventory_attachments (
    id         varchar(600) NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS inventory_attachments_by_end ON inventory_attachments (ended);

CREATE TABLE IF NOT EXISTS inventory_attachment_versions (
    id         varchar(600) NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       longtext,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     longblob NOT NULL,
    PRIMARY KEY (id, since)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What is to be removed after an instance, how often that was tried, and how it ended.
CREATE TABLE IF NOT EXISTS pending_cleanups (
    kind       varchar(20) NOT NULL,
    -- the instance
    resource   varchar(600) NOT NULL,
    host       longtext,
    first_seen bigint NOT NULL,
    attempts   bigint NOT NULL,
    -- end of the period in which it was tried last: it counts once in each
    last_tried bigint NOT NULL,
    -- nothing is left to do; null before
    settled    bigint,
    -- it is not tried again; null before
    given_up   bigint,
    detail     longtext NOT NULL,
    PRIMARY KEY (kind, resource)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS pending_cleanups_by_age ON pending_cleanups (last_tried);
