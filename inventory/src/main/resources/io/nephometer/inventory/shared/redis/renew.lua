-- SPDX-License-Identifier: Apache-2.0
-- Keeps the seat. ARGV[4] microseconds
call('HSET', HEAD, 'until', text(now() + ARGV[4]), 'ttl', ARGV[4])
return 1
