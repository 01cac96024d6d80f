-- SPDX-License-Identifier: Apache-2.0

-- Resources of an audit of which it is not certain that what was told is as it was then.
ALTER TABLE audit_runs ADD COLUMN IF NOT EXISTS unsure bigint NOT NULL DEFAULT 0;

-- What became otherwise since somebody looked last is found without reading what is done.
CREATE INDEX IF NOT EXISTS audit_runs_by_state ON audit_runs (task, state, ended, period_end, period_begin, scope);

-- A share is read without reading the others.
CREATE INDEX IF NOT EXISTS inventory_versions_by_share ON inventory_versions (share, id, since);
