-- SPDX-License-Identifier: Apache-2.0
-- Puts entries into the second set. ARGV[4…] by threes: id, host, body
local revision = next_revision()
local hosts = {}
for i = 4, #ARGV, 3 do
  if not call('ZSCORE', GONE, ARGV[i]) then
    put(staging, ARGV[i], ARGV[i + 1], revision, ARGV[i + 2], hosts)
  end
end
settle(staging, hosts, revision)
step()
return 1
