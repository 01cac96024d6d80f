-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC, by the database's clock where it has one.

-- Processes that share work, while they live. A member whose time is up is none.
CREATE TABLE members (
    name        text   NOT NULL,
    incarnation text   NOT NULL,
    -- what it takes part in, separated by commas
    groups      text   NOT NULL,
    since       bigint NOT NULL,
    expires     bigint NOT NULL,
    PRIMARY KEY (name, incarnation)
);

-- Grows with every change of who is a member.
CREATE TABLE members_head (
    one      int NOT NULL PRIMARY KEY CHECK (one = 1),
    revision bigint NOT NULL
);
INSERT INTO members_head VALUES (1, 0);

-- Who began last to own a unit of work, which stands in slot_members like a host.
CREATE TABLE unit_epochs (
    member_ref int NOT NULL PRIMARY KEY,
    epoch      bigint NOT NULL,
    owner      text   NOT NULL,
    granted    bigint NOT NULL
);

-- Who measures, or measured, a slot of a unit. What an earlier epoch brings of it is not taken.
CREATE TABLE slot_claims (
    member_ref int NOT NULL,
    began      bigint NOT NULL,
    epoch      bigint NOT NULL,
    owner      text   NOT NULL,
    claimed    bigint NOT NULL,
    PRIMARY KEY (member_ref, began)
);
CREATE INDEX slot_claims_by_age ON slot_claims USING brin (began);

-- The resources that a discovery found last, for those who measure shares of them.
CREATE TABLE rosters (
    name    text   NOT NULL PRIMARY KEY,
    -- beginning of the slot in which it was listed
    began   bigint NOT NULL,
    -- JSON, deflated
    content bytea   NOT NULL
);

ALTER TABLE consumers ADD COLUMN fenced bigint NOT NULL DEFAULT 0;
