-- SPDX-License-Identifier: Apache-2.0
-- Goes no further if the caller's token is not that of the seat.
do
  local seat = call('HMGET', HEAD, 'holder', 'token')
  if incarnation ~= ARGV[2] or not seat[1] or seat[2] ~= ARGV[3] then
    call('HINCRBY', HEAD, 'refused', 1)
    return redis.error_reply(incarnation == ARGV[2] and 'LOSTSEAT taken' or 'LOSTSEAT emptied')
  end
end
