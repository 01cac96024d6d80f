-- SPDX-License-Identifier: Apache-2.0
-- Drops bodies from a shelf. ARGV[4] the shelf; ARGV[5…] the ids
local dropped = 0
for i = 5, #ARGV do
  dropped = dropped + call('HDEL', PREFIX .. ARGV[4], ARGV[i])
end
if dropped > 0 then
  call('HSET', HEAD, ARGV[4], next_revision())
end
step()
return 1
