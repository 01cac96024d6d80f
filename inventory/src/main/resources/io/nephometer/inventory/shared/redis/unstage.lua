-- SPDX-License-Identifier: Apache-2.0
-- Drops the second set, if the caller began it. This takes away and adds nothing, which a full Redis permits.
if call('HGET', HEAD, 'staging_token') == ARGV[3] then
  drop_staging()
end
return 1
