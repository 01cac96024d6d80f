-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What there is beside instances: for each kind the life of each, and how it was from some moment on, as of instances.
-- launched is when it was made, as far as known.

CREATE TABLE inventory_hosts (
    id         text NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
);
CREATE INDEX inventory_hosts_by_end ON inventory_hosts (ended);

CREATE TABLE inventory_host_versions (
    id         text NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       text,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     bytea NOT NULL,
    PRIMARY KEY (id, since)
);

CREATE TABLE inventory_flavors (
    id         text NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
);
CREATE INDEX inventory_flavors_by_end ON inventory_flavors (ended);

CREATE TABLE inventory_flavor_versions (
    id         text NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       text,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     bytea NOT NULL,
    PRIMARY KEY (id, since)
);

CREATE TABLE inventory_volumes (
    id         text NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
);
CREATE INDEX inventory_volumes_by_end ON inventory_volumes (ended);

CREATE TABLE inventory_volume_versions (
    id         text NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       text,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     bytea NOT NULL,
    PRIMARY KEY (id, since)
);

CREATE TABLE inventory_attachments (
    id         text NOT NULL PRIMARY KEY,
    newest     bigint NOT NULL,
    told       bigint NOT NULL,
    launched   bigint,
    ended      bigint,
    lacking    bigint
);
CREATE INDEX inventory_attachments_by_end ON inventory_attachments (ended);

CREATE TABLE inventory_attachment_versions (
    id         text NOT NULL,
    since      bigint NOT NULL,
    told       bigint NOT NULL,
    share      bigint NOT NULL,
    host       text,
    launched   bigint,
    ended      bigint,
    -- JSON, deflated
    fields     bytea NOT NULL,
    PRIMARY KEY (id, since)
);

-- What is to be removed after an instance, how often that was tried, and how it ended.
CREATE TABLE pending_cleanups (
    kind       text NOT NULL,
    -- the instance
    resource   text NOT NULL,
    host       text,
    first_seen bigint NOT NULL,
    attempts   bigint NOT NULL,
    -- end of the period in which it was tried last: it counts once in each
    last_tried bigint NOT NULL,
    -- nothing is left to do; null before
    settled    bigint,
    -- it is not tried again; null before
    given_up   bigint,
    detail     text NOT NULL,
    PRIMARY KEY (kind, resource)
);
CREATE INDEX pending_cleanups_by_age ON pending_cleanups (last_tried);
