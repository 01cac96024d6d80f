-- SPDX-License-Identifier: Apache-2.0
-- Drops a second set that nobody fills any more, since the lease is over. This adds nothing, which a full Redis permits.
local seat = call('HMGET', HEAD, 'holder', 'until', 'ttl')
if not seat[1] or lease_left(seat[2], seat[3], now()) == 0 then
  drop_staging()
end
return 1
