-- SPDX-License-Identifier: Apache-2.0
-- Puts bodies on a shelf, whose version moves if one changed. ARGV[4] the shelf; ARGV[5…] by twos: id, body
local shelf = ARGV[4]
local changed = false
for i = 5, #ARGV, 2 do
  if call('HGET', PREFIX .. shelf, ARGV[i]) ~= ARGV[i + 1] then
    call('HSET', PREFIX .. shelf, ARGV[i], ARGV[i + 1])
    changed = true
  end
end
if changed then
  call('HSET', HEAD, shelf, next_revision())
end
step()
return 1
