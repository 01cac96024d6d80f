-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What there is beside instances: for each kind the life of each, and how it was from some moment on, as of instances.
-- launched is when it was made, as far as known.

CREATE TABLE inventory_hosts (
    id         TEXT NOT NULL PRIMARY KEY,
    newest     INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    launched   INTEGER,
    ended      INTEGER,
    lacking    INTEGER
) STRICT;
CREATE INDEX inventory_hosts_by_end ON inventory_hosts (ended);

CREATE TABLE inventory_host_versions (
    id         TEXT NOT NULL,
    since      INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    share      INTEGER NOT NULL,
    host       TEXT,
    launched   INTEGER,
    ended      INTEGER,
    -- JSON, deflated
    fields     BLOB NOT NULL,
    PRIMARY KEY (id, since)
) STRICT;

CREATE TABLE inventory_flavors (
    id         TEXT NOT NULL PRIMARY KEY,
    newest     INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    launched   INTEGER,
    ended      INTEGER,
    lacking    INTEGER
) STRICT;
CREATE INDEX inventory_flavors_by_end ON inventory_flavors (ended);

CREATE TABLE inventory_flavor_versions (
    id         TEXT NOT NULL,
    since      INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    share      INTEGER NOT NULL,
    host       TEXT,
    launched   INTEGER,
    ended      INTEGER,
    -- JSON, deflated
    fields     BLOB NOT NULL,
    PRIMARY KEY (id, since)
) STRICT;

CREATE TABLE inventory_volumes (
    id         TEXT NOT NULL PRIMARY KEY,
    newest     INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    launched   INTEGER,
    ended      INTEGER,
    lacking    INTEGER
) STRICT;
CREATE INDEX inventory_volumes_by_end ON inventory_volumes (ended);

CREATE TABLE inventory_volume_versions (
    id         TEXT NOT NULL,
    since      INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    share      INTEGER NOT NULL,
    host       TEXT,
    launched   INTEGER,
    ended      INTEGER,
    -- JSON, deflated
    fields     BLOB NOT NULL,
    PRIMARY KEY (id, since)
) STRICT;

CREATE TABLE inventory_attachments (
    id         TEXT NOT NULL PRIMARY KEY,
    newest     INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    launched   INTEGER,
    ended      INTEGER,
    lacking    INTEGER
) STRICT;
CREATE INDEX inventory_attachments_by_end ON inventory_attachments (ended);

CREATE TABLE inventory_attachment_versions (
    id         TEXT NOT NULL,
    since      INTEGER NOT NULL,
    told       INTEGER NOT NULL,
    share      INTEGER NOT NULL,
    host       TEXT,
    launched   INTEGER,
    ended      INTEGER,
    -- JSON, deflated
    fields     BLOB NOT NULL,
    PRIMARY KEY (id, since)
) STRICT;

-- What is to be removed after an instance, how often that was tried, and how it ended.
CREATE TABLE pending_cleanups (
    kind       TEXT NOT NULL,
    -- the instance
    resource   TEXT NOT NULL,
    host       TEXT,
    first_seen INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    -- end of the period in which it was tried last: it counts once in each
    last_tried INTEGER NOT NULL,
    -- nothing is left to do; null before
    settled    INTEGER,
    -- it is not tried again; null before
    given_up   INTEGER,
    detail     TEXT NOT NULL,
    PRIMARY KEY (kind, resource)
) STRICT;
CREATE INDEX pending_cleanups_by_age ON pending_cleanups (last_tried);
