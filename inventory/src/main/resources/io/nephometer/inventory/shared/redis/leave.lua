-- SPDX-License-Identifier: Apache-2.0
-- Gives the seat up, if it is the caller's.
local seat = call('HMGET', HEAD, 'holder', 'token')
if incarnation == mine and seat[1] and token_of(seat[2], seat[1]) == ARGV[3] then
  call('HDEL', HEAD, 'holder', 'until', 'ttl')
end
return 1
