-- SPDX-License-Identifier: Apache-2.0
-- Forgets that instances were deleted before ARGV[4], milliseconds. ARGV[5…] their ids
for i = 5, #ARGV do
  local at = call('ZSCORE', GONE, ARGV[i])
  if at and tonumber(at) < tonumber(ARGV[4]) then
    call('ZREM', GONE, ARGV[i])
    call('UNLINK', last_key(ARGV[i]))
  end
end
step()
return 1
