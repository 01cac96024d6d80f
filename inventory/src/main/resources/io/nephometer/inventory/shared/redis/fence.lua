-- SPDX-License-Identifier: Apache-2.0
-- Goes no further if the caller's token is not that of the seat, or Redis lacks what the caller wrote: it was replaced by a replica
-- that had not heard of it, or began again with an old snapshot.
do
  local seat = call('HMGET', HEAD, 'holder', 'token')
  if incarnation ~= mine or not seat[1] or token_of(seat[2], seat[1]) ~= ARGV[3] then
    redis.pcall('HINCRBY', HEAD, 'refused', 1) -- a full Redis cannot count
    return redis.error_reply(incarnation == mine and 'LOSTSEAT taken' or 'LOSTSEAT emptied')
  end
  if steps() < tonumber(known_step) then
    return redis.error_reply('LOSTSEAT back')
  end
end
