-- SPDX-License-Identifier: Apache-2.0
-- The entries of one host: { head, version, { id, entry, … } }; shorter if it is not filled, or nothing moved.
-- ARGV[4]  the host; ARGV[5..7] incarnation, set and version that the reader has
local answer = { head() }
local set = call('HGET', HEAD, 'set')
if not set then
  return answer
end
local host = ARGV[4]
local state = call('HGET', version_key(set), host) or '0 0'
local version, count = string.match(state, '^(%d+) (%d+)$')
if not version then
  return damaged(version_key(set), host)
end
answer[2] = version
if incarnation == ARGV[5] and set == ARGV[6] and version == ARGV[7] then
  return answer
end
local entries = call('HGETALL', host_key(set, host))
if #entries ~= 2 * count then
  return damaged(host_key(set, host), 'has ' .. #entries / 2 .. ' entries, not ' .. count)
end
answer[3] = entries
return answer
