-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- Runs of members that measure alone, the latest few of each: who measures what, and whether two do at once.
CREATE TABLE incarnations (
    member  TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    -- when it started, by its own clock
    began   INTEGER NOT NULL,
    -- [[source, seconds], …]
    polls   TEXT    NOT NULL,
    -- when something was committed that it had measured while a later run was there already; null if that never happened
    clashed INTEGER,
    PRIMARY KEY (member, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX incarnations_clashed ON incarnations (clashed) WHERE clashed IS NOT NULL;
