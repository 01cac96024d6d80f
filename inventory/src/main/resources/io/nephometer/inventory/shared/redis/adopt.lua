-- SPDX-License-Identifier: Apache-2.0
-- The cloud whose instances these are is known by another name now: whose it was, or nothing if nobody said so yet.
-- ARGV[4]  its name so far: if that is another, nothing is changed; ARGV[5] from now on
local cloud = call('HGET', HEAD, 'cloud')
if cloud == ARGV[4] then
  call('HSET', HEAD, 'cloud', ARGV[5])
end
return cloud and { cloud } or {}
