-- SPDX-License-Identifier: Apache-2.0
-- Times are microseconds since the epoch, UTC.

-- What the counters of something showed when they were counted last, by task. It moves on with each period that is counted.
CREATE TABLE IF NOT EXISTS usage_carries (
    task         varchar(60) NOT NULL,
    subject      varchar(600) NOT NULL,
    -- end of the last period that was counted
    period_end   bigint NOT NULL,
    -- JSON, deflated
    content      longblob NOT NULL,
    PRIMARY KEY (task, subject)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS usage_carries_by_age ON usage_carries (period_end);

-- What was counted of it in a period. Written once, with the carry; events that tell it are made of this.
CREATE TABLE IF NOT EXISTS usage_counts (
    task         varchar(60) NOT NULL,
    period_begin bigint NOT NULL,
    period_end   bigint NOT NULL,
    share        bigint NOT NULL,
    subject      varchar(600) NOT NULL,
    -- JSON, deflated
    content      longblob NOT NULL,
    PRIMARY KEY (task, period_begin, period_end, share, subject)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX IF NOT EXISTS usage_counts_by_age ON usage_counts (period_end);
