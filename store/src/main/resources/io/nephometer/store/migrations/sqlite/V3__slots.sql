-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What a polling source is called and how often it measures.
CREATE TABLE slot_sources (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    interval_s INTEGER NOT NULL,
    UNIQUE (name, interval_s)
) STRICT;

-- Who has ever measured a source.
CREATE TABLE slot_members (
    id         INTEGER NOT NULL PRIMARY KEY,
    source_ref INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    UNIQUE (source_ref, name)
) STRICT;

-- From which slot on, and until when, slots of a member are expected. Who returns after it was retired begins another stay.
CREATE TABLE slot_stays (
    member_ref INTEGER NOT NULL,
    -- beginning of the first slot
    began      INTEGER NOT NULL,
    -- slots that begin then or later are not expected; null while the member is
    ended      INTEGER,
    reason     TEXT,
    PRIMARY KEY (member_ref, began)
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX slot_stays_open ON slot_stays (member_ref) WHERE ended IS NULL;

-- What a member delivered of a slot. A slot of which nothing came has no row.
CREATE TABLE slots (
    member_ref      INTEGER NOT NULL,
    began           INTEGER NOT NULL,
    -- null if the member could not measure
    measured        INTEGER,
    first_committed INTEGER NOT NULL,
    -- when the latest part came that was not there yet
    last_committed  INTEGER NOT NULL,
    parts           INTEGER NOT NULL,
    samples         INTEGER NOT NULL,
    refused         INTEGER NOT NULL,
    -- bit n - 1 for part n, lowest bit first
    seen            BLOB    NOT NULL,
    -- [[reason, count, detail], …]
    shortfalls      TEXT,
    PRIMARY KEY (member_ref, began)
) WITHOUT ROWID, STRICT;
CREATE INDEX slots_by_age ON slots (began);

-- What is measured of a resource at one time in a slot. The ids of samples are those of their slot, meter and resource; a
-- further row for the same resource and slot, of other meters, has the next number.
CREATE TABLE slot_samples (
    id           INTEGER NOT NULL PRIMARY KEY,
    measured     INTEGER NOT NULL,
    slot_began   INTEGER NOT NULL,
    metadata_ref INTEGER NOT NULL,
    resource_ref INTEGER NOT NULL,
    project_ref  INTEGER NOT NULL,
    user_ref     INTEGER NOT NULL,
    source_ref   INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    pack         BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX slot_samples_once ON slot_samples (slot_began, resource_ref, source_ref, number);
CREATE INDEX slot_samples_by_resource ON slot_samples (resource_ref, measured);
CREATE INDEX slot_samples_by_time ON slot_samples (measured);
