-- SPDX-License-Identifier: Apache-2.0
-- Wants a refresh. ARGV[4] why
call('HSET', HEAD, 'wanted', ARGV[4])
return call('HINCRBY', HEAD, 'wishes', 1)
