-- SPDX-License-Identifier: Apache-2.0
-- Gives the seat up, if it is the caller's.
if incarnation == ARGV[2] and call('HGET', HEAD, 'token') == ARGV[3] then
  call('HDEL', HEAD, 'holder', 'until', 'ttl')
end
return 1
