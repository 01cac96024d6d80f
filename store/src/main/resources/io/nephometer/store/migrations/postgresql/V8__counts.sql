-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What the counters of something showed when they were counted last, by task. It moves on with each period that is counted.
CREATE TABLE usage_carries (
    task         text NOT NULL,
    subject      text NOT NULL,
    -- end of the last period that was counted
    period_end   bigint NOT NULL,
    -- JSON, deflated
    content      bytea NOT NULL,
    PRIMARY KEY (task, subject)
);
CREATE INDEX usage_carries_by_age ON usage_carries (period_end);

-- What was counted of it in a period. Written once, with the carry; events that tell it are made of this.
CREATE TABLE usage_counts (
    task         text NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    share        bigint NOT NULL,
    subject      text NOT NULL,
    -- JSON, deflated
    content      bytea NOT NULL,
    PRIMARY KEY (task, period_begin, period_end, share, subject)
);
CREATE INDEX usage_counts_by_age ON usage_counts (period_end);
