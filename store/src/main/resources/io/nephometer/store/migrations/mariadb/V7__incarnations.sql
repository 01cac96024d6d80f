-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- Runs of members that measure alone, the latest few of each: who measures what, and whether two do at once.
CREATE TABLE IF NOT EXISTS incarnations (
    member  varchar(400)   NOT NULL,
    id      varchar(300)   NOT NULL,
    -- when it started, by its own clock
    began   bigint NOT NULL,
    -- [[source, seconds], …]
    polls   longtext   NOT NULL,
    -- when something was committed that it had measured while a later run was there already; null if that never happened
    clashed bigint,
    PRIMARY KEY (member, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS incarnations_clashed ON incarnations (clashed);
