-- SPDX-License-Identifier: Apache-2.0
-- Goes no further if the caller's token is not that of the seat.
do
  local seat = call('HMGET', HEAD, 'holder', 'token')
  if incarnation ~= ARGV[2] or not seat[1] or token_of(seat[2], seat[1]) ~= ARGV[3] then
    redis.pcall('HINCRBY', HEAD, 'refused', 1) -- a full Redis cannot count
    return redis.error_reply(incarnation == ARGV[2] and 'LOSTSEAT taken' or 'LOSTSEAT emptied')
  end
end
