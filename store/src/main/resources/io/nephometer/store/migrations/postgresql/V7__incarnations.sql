-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- Runs of members that measure alone, the latest few of each: who measures what, and whether two do at once.
CREATE TABLE incarnations (
    member  text   NOT NULL,
    id      text   NOT NULL,
    -- when it started, by its own clock
    began   bigint NOT NULL,
    -- [[source, seconds], …]
    polls   text   NOT NULL,
    -- when something was committed that it had measured while a later run was there already; null if that never happened
    clashed bigint,
    PRIMARY KEY (member, id)
);
CREATE INDEX incarnations_clashed ON incarnations (clashed) WHERE clashed IS NOT NULL;
