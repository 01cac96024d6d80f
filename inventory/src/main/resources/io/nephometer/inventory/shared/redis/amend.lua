-- SPDX-License-Identifier: Apache-2.0
-- Changes instances whose revision is the expected one, and says for each how that ended.
-- ARGV[4…]  by fives: put or delete, id, expected revision, host or milliseconds, body or nothing
local set = call('HGET', HEAD, 'set')
local staging = call('HGET', HEAD, 'staging')
local answers = {}

-- What is damaged has a revision of its own, so that it may be put over.
local function revision_of(id)
  local host = call('HGET', at_key(set), id)
  if not host then
    return '0'
  end
  local value = call('HGET', host_key(set, host), id)
  return value and string.match(value, '^(%d+) ') or '-1'
end

-- For samples that come after the deletion: as long as KnownInstance.LAST_BODY.
local function keep_last(id)
  local host = call('HGET', at_key(set), id)
  local value = host and call('HGET', host_key(set, host), id)
  local body = value and string.match(value, '^%d+ (.*)$')
  if body then
    call('SET', last_key(id), body, 'PX', '3600000')
  end
end

local hosts, staged_hosts, changed = {}, {}, nil
for i = 4, #ARGV, 5 do
  local id = ARGV[i + 1]
  local answer = 'DONE'
  if not set then
    answer = 'NOT_FILLED'
  elseif call('ZSCORE', GONE, id) then
    answer = 'GONE'
  elseif revision_of(id) ~= ARGV[i + 2] then
    answer = 'CONFLICT'
  else
    changed = changed or next_revision()
    if ARGV[i] == 'put' then
      put(set, id, ARGV[i + 3], changed, ARGV[i + 4], hosts)
    else
      keep_last(id)
      remove(set, id, hosts)
      call('ZADD', GONE, ARGV[i + 3], id)
      if staging then
        remove(staging, id, staged_hosts)
      end
    end
    if staging then
      call('SADD', TOUCHED, id)
    end
  end
  answers[#answers + 1] = answer
end
settle(set, hosts, changed)
settle(staging, staged_hosts, changed)
if life then
  step()
end
return answers
