-- SPDX-License-Identifier: Apache-2.0
-- Drops what is remembered of deletions before ARGV[4], milliseconds.
return call('ZREMRANGEBYSCORE', GONE, '-inf', '(' .. ARGV[4])
