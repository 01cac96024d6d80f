-- SPDX-License-Identifier: Apache-2.0

-- From when on it may have been so without anybody having seen it; null: it became so at since. All kinds have the same columns.
ALTER TABLE inventory_versions ADD COLUMN IF NOT EXISTS unseen bigint;
ALTER TABLE inventory_host_versions ADD COLUMN IF NOT EXISTS unseen bigint;
ALTER TABLE inventory_flavor_versions ADD COLUMN IF NOT EXISTS unseen bigint;
ALTER TABLE inventory_volume_versions ADD COLUMN IF NOT EXISTS unseen bigint;
ALTER TABLE inventory_attachment_versions ADD COLUMN IF NOT EXISTS unseen bigint;
