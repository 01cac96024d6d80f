-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What the counters of something showed when they were counted last, by task. It moves on with each period that is counted.
CREATE TABLE usage_carries (
    task         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    -- end of the last period that was counted
    period_end   INTEGER NOT NULL,
    -- JSON, deflated
    content      BLOB NOT NULL,
    PRIMARY KEY (task, subject)
) STRICT;
CREATE INDEX usage_carries_by_age ON usage_carries (period_end);

-- What was counted of it in a period. Written once, with the carry; events that tell it are made of this.
CREATE TABLE usage_counts (
    task         TEXT NOT NULL,
    period_begin INTEGER NOT NULL,
    period_end   INTEGER NOT NULL,
    share        INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    -- JSON, deflated
    content      BLOB NOT NULL,
    PRIMARY KEY (task, period_begin, period_end, share, subject)
) STRICT;
CREATE INDEX usage_counts_by_age ON usage_counts (period_end);
