-- SPDX-License-Identifier: Apache-2.0

-- What is old is looked at in the order of its key, a bounded number of rows at a time.
CREATE INDEX usage_carries_in_order ON usage_carries (period_end, task, subject);
DROP INDEX usage_carries_by_age;
