-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC, by the database's clock where it has one.

-- Processes that share work, while they live. A member whose time is up is none.
CREATE TABLE members (
    name        TEXT   NOT NULL,
    incarnation TEXT   NOT NULL,
    -- what it takes part in, separated by commas
    groups      TEXT   NOT NULL,
    since       INTEGER NOT NULL,
    expires     INTEGER NOT NULL,
    PRIMARY KEY (name, incarnation)
) STRICT;

-- Grows with every change of who is a member.
CREATE TABLE members_head (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO members_head VALUES (1, 0);

-- Who began last to own a unit of work, which stands in slot_members like a host.
CREATE TABLE unit_epochs (
    member_ref INTEGER NOT NULL PRIMARY KEY,
    epoch      INTEGER NOT NULL,
    owner      TEXT   NOT NULL,
    granted    INTEGER NOT NULL
) STRICT;

-- Who measures, or measured, a slot of a unit. What an earlier epoch brings of it is not taken.
CREATE TABLE slot_claims (
    member_ref INTEGER NOT NULL,
    began      INTEGER NOT NULL,
    epoch      INTEGER NOT NULL,
    owner      TEXT   NOT NULL,
    claimed    INTEGER NOT NULL,
    PRIMARY KEY (member_ref, began)
) STRICT;
CREATE INDEX slot_claims_by_age ON slot_claims (began);

-- The resources that a discovery found last, for those who measure shares of them.
CREATE TABLE rosters (
    name    TEXT   NOT NULL PRIMARY KEY,
    -- beginning of the slot in which it was listed
    began   INTEGER NOT NULL,
    -- JSON, deflated
    content BLOB   NOT NULL
) STRICT;

ALTER TABLE consumers ADD COLUMN fenced INTEGER NOT NULL DEFAULT 0;
