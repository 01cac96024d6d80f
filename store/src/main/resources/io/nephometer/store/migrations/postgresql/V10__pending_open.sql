-- SPDX-License-Identifier: Apache-2.0

-- Rows that were given up stay, and whoever looks for those that may still be completed does not meet them.
CREATE INDEX pending_samples_open ON pending_samples (sample_id, since) WHERE given_up IS NULL;
