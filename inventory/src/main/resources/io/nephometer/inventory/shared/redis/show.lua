-- SPDX-License-Identifier: Apache-2.0
-- Lets readers see the second set: 1, or 0 if something was touched.
-- ARGV[4]  the record of the refresh; ARGV[5] wishes that it granted; ARGV[6] the batch of touched ids that the caller got
step()
if call('SCARD', TOUCHED) > 0 or call('HGET', HEAD, 'batch') ~= ARGV[6] then
  return 0
end
local before = call('HGET', HEAD, 'set')
call('HSET', HEAD, 'set', staging)
call('HDEL', HEAD, 'staging', 'staging_token', 'batch')
call('UNLINK', TAKEN)
record(ARGV[4], ARGV[5])
if before then
  drop(before)
end
return 1
