-- SPDX-License-Identifier: Apache-2.0
-- Takes or keeps the seat: its token; nothing if another has it; or whose the cache is if it is not that cloud's.
-- ARGV[4]  the holder; ARGV[5] microseconds; ARGV[6] the cloud, or nothing
local cloud = call('HGET', HEAD, 'cloud')
if cloud and ARGV[6] ~= '' and ARGV[6] ~= cloud then
  return { cloud }
end
local seat = call('HMGET', HEAD, 'holder', 'until', 'ttl', 'token')
local at = now()
if seat[1] and seat[1] ~= ARGV[4] and lease_left(seat[2], seat[3], at) > 0 then
  return false
end
local token = seat[4]
if seat[1] ~= ARGV[4] then
  token = text(call('HINCRBY', HEAD, 'token', 1))
end
if ARGV[6] ~= '' then
  call('HSET', HEAD, 'cloud', ARGV[6])
end
call('HSET', HEAD, 'holder', ARGV[4], 'until', text(at + ARGV[5]), 'ttl', ARGV[5])
return { incarnation, token_of(token, ARGV[4]) }
