-- SPDX-License-Identifier: Apache-2.0

-- Rows that were given up stay, and whoever looks for those that may still be completed does not meet them: all of these stand together
-- at the beginning of the index, in the order of their ids.
CREATE INDEX IF NOT EXISTS pending_samples_open ON pending_samples (given_up, sample_id, since);
