-- SPDX-License-Identifier: Apache-2.0
-- Bodies in the order of their ids, or nothing. ARGV[4] the shelf; ARGV[5…] the ids
local bodies = {}
for i = 5, #ARGV do
  bodies[#bodies + 1] = call('HGET', PREFIX .. ARGV[4], ARGV[i])
end
return bodies
