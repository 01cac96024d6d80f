-- SPDX-License-Identifier: Apache-2.0
-- Goes no further if the caller has not begun a second set.
local staging = call('HGET', HEAD, 'staging')
if not staging or call('HGET', HEAD, 'staging_token') ~= ARGV[3] then
  return redis.error_reply('NOTBEGUN there is no second set of this token')
end
