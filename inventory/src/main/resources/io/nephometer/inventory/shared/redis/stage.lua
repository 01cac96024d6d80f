-- SPDX-License-Identifier: Apache-2.0
-- Begins a second set; drops one that was begun before, by whomever.
drop_staging()
local number = text(call('HINCRBY', HEAD, 'sets', 1))
call('HSET', HEAD, 'staging', number, 'staging_token', ARGV[3], 'batch', '0')
step()
return number
