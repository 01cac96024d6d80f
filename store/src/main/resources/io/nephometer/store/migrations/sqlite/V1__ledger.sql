-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC. Row ids of events and samples: batch << 20 | place within the batch.
-- A reference of 0 means none.

-- One row for each message id ever accepted: what makes counting twice impossible.
CREATE TABLE intake (
    message_key  BLOB    NOT NULL PRIMARY KEY,
    body_hash    BLOB    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    -- the id as sent, where it is not a UUID in canonical form
    message_text TEXT
) WITHOUT ROWID, STRICT;
CREATE INDEX intake_by_age ON intake (accepted_at);

CREATE TABLE event_types (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

-- Projects and users.
CREATE TABLE labels (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE resources (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE meters (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL,
    type TEXT    NOT NULL,
    unit TEXT    NOT NULL,
    UNIQUE (name, type, unit)
) STRICT;

-- What a kind of source (0 notifications, 1 polling) said about a resource; each content once.
CREATE TABLE metadata_versions (
    id           INTEGER NOT NULL PRIMARY KEY,
    valid_from   INTEGER NOT NULL,
    resource_ref INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    content_hash BLOB    NOT NULL,
    content      BLOB    NOT NULL,
    UNIQUE (resource_ref, kind, content_hash)
) STRICT;

CREATE TABLE events (
    id           INTEGER NOT NULL PRIMARY KEY,
    generated    INTEGER NOT NULL,
    message_key  BLOB    NOT NULL,
    type_ref     INTEGER NOT NULL,
    message_text TEXT,
    -- [[name, dtype, value], …]
    traits       TEXT    NOT NULL,
    raw          BLOB
) STRICT;
CREATE INDEX events_by_type ON events (type_ref, generated);
CREATE INDEX events_by_time ON events (generated);

-- What one message says about one resource at one time.
CREATE TABLE samples (
    id           INTEGER NOT NULL PRIMARY KEY,
    measured     INTEGER NOT NULL,
    metadata_ref INTEGER NOT NULL,
    message_key  BLOB    NOT NULL,
    resource_ref INTEGER NOT NULL,
    project_ref  INTEGER NOT NULL,
    user_ref     INTEGER NOT NULL,
    pack         BLOB    NOT NULL
) STRICT;
CREATE INDEX samples_by_resource ON samples (resource_ref, measured);
CREATE INDEX samples_by_time ON samples (measured);

-- What could not be processed, whole. Identity: SHA-256 of exchange, routing key and body.
CREATE TABLE recovery (
    id          BLOB    NOT NULL PRIMARY KEY,
    state       TEXT    NOT NULL CHECK (state IN ('OPEN', 'RESOLVED', 'DISCARDED')),
    -- what is still to be done: WHOLE, or the EVENT of a message whose samples are committed
    outstanding TEXT    NOT NULL CHECK (outstanding IN ('WHOLE', 'EVENT')),
    step        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    exchange    TEXT    NOT NULL,
    routing_key TEXT    NOT NULL,
    properties  TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    -- of what came, before secrets were masked; null if it named no id, or once a person gave it another body
    body_hash   BLOB,
    message_id  TEXT,
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_by_state ON recovery (state, kind, last_seen);
CREATE INDEX recovery_by_age ON recovery (last_seen);

-- What people did to entries of recovery; the body is the one that an edit replaced.
CREATE TABLE recovery_history (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id BLOB    NOT NULL,
    at       INTEGER NOT NULL,
    action   TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    body     BLOB
) STRICT;
CREATE INDEX recovery_history_by_entry ON recovery_history (entry_id, id);

-- The last position given. There is one writer, so the order of positions is that of commits.
CREATE TABLE log_head (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO log_head VALUES (1, 0);

-- One row per commit.
CREATE TABLE log (
    position     INTEGER NOT NULL PRIMARY KEY,
    batch        INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    events       INTEGER NOT NULL,
    packs        INTEGER NOT NULL,
    samples      INTEGER NOT NULL
) STRICT;

-- How far each source has come. Totals since the ledger began.
CREATE TABLE consumers (
    name            TEXT    NOT NULL PRIMARY KEY,
    position        INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    messages        INTEGER NOT NULL,
    events          INTEGER NOT NULL,
    sample_only     INTEGER NOT NULL,
    unmatched       INTEGER NOT NULL,
    recovered       INTEGER NOT NULL,
    duplicates      INTEGER NOT NULL,
    conflicts       INTEGER NOT NULL,
    samples         INTEGER NOT NULL,
    samples_refused INTEGER NOT NULL
) STRICT;

-- How far each reader of the log has come.
CREATE TABLE cursors (
    name       TEXT    NOT NULL PRIMARY KEY,
    position   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Stretches of time in which a source lost messages, or may have; ended is null while it lasts.
CREATE TABLE gaps (
    source        text   NOT NULL,
    kind          text   NOT NULL,
    subject       text   NOT NULL,
    began         INTEGER NOT NULL,
    began_earlier int    NOT NULL,
    ended         INTEGER,
    lost          INTEGER,
    at_least      int    NOT NULL,
    detail        text   NOT NULL,
    PRIMARY KEY (source, kind, subject, began)
) STRICT;
