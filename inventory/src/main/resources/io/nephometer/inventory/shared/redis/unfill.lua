-- SPDX-License-Identifier: Apache-2.0
-- Takes entries out of the second set. ARGV[4…] their ids
local revision = next_revision()
local hosts = {}
for i = 4, #ARGV do
  remove(staging, ARGV[i], hosts)
end
settle(staging, hosts, revision)
step()
return 1
