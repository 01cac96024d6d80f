-- SPDX-License-Identifier: Apache-2.0
-- What every script begins with.
-- KEYS[1]  the head; the names of all other keys begin as its name does
-- ARGV[1]  the incarnation to be if the cache is found empty
-- ARGV[2]  of the caller's token the incarnation, and by blanks its life, the last step that it knows of, and the step that this is
-- ARGV[3]  its other part, as token_of() writes it; both empty for who holds no seat
-- ARGV[4]  and following: arguments of the script
local HEAD = KEYS[1]
local PREFIX = string.sub(HEAD, 1, -5)
local TOUCHED = PREFIX .. 'touched'
local TAKEN = PREFIX .. 'taken'
local GONE = PREFIX .. 'gone'

-- What an instance was when it was deleted, which Redis forgets by itself.
local function last_key(id)
  return PREFIX .. 'last:' .. id
end

-- A command; its failure names it and the key.
local function call(...)
  local answer = redis.pcall(...)
  if type(answer) == 'table' and answer.err then
    local denied = redis.acl_check_cmd and not redis.acl_check_cmd(...)
    error({ err = (denied and 'NOPERM ' or '') .. answer.err .. ' [' .. select(1, ...) .. ' ' .. select(2, ...) .. ']' })
  end
  return answer
end

-- Lua writes large numbers with an exponent.
local function text(number)
  return string.format('%.0f', number)
end

-- Microseconds since 1970.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local function damaged(key, field)
  return redis.error_reply('DAMAGED ' .. key .. ' ' .. field)
end

local incarnation = call('HGET', HEAD, 'incarnation')
if not incarnation then
  incarnation = ARGV[1]
  -- Revisions begin at the time, so that none comes again after the cache was emptied.
  call('HSET', HEAD, 'incarnation', incarnation, 'revision', text(now()))
end

-- At least the time, since a replica that takes over may not have heard of the last revisions, which must not come again.
local function next_revision()
  local revision = math.max(call('HINCRBY', HEAD, 'revision', 1), now())
  call('HSET', HEAD, 'revision', text(revision))
  return text(revision)
end

-- For the same reason a number may be given out again, but not to the same holder.
local function token_of(number, holder)
  return number .. ' ' .. holder
end

-- Writes of a seat are counted, so that it finds out if Redis went back behind one of them. No two seats have the same life.
local mine, life, known_step, this_step = string.match(ARGV[2], '^(%S+) (%S+) (%d+) (%d+)$')

local function steps()
  local whose, done = string.match(call('HGET', HEAD, 'steps') or '', '^(%S+) (%d+)$')
  return whose == life and tonumber(done) or 0
end

-- Ends a write of a seat.
local function step()
  call('HSET', HEAD, 'steps', life .. ' ' .. text(math.max(steps(), tonumber(this_step))))
end

-- What is left of a lease; never more than it was given, whatever the clock does.
local function lease_left(until_, ttl, at)
  return math.max(0, math.min(until_ - at, tonumber(ttl)))
end

local function head()
  local f = call('HMGET', HEAD, 'set', 'record', 'flavors', 'images', 'holder', 'until', 'ttl', 'wanted', 'wishes',
    'granted', 'refused', 'cloud')
  local at = now()
  local left = f[5] and lease_left(f[6], f[7], at) or 0
  local wanted = tonumber(f[9] or 0) > tonumber(f[10] or 0) and f[8]
  return { incarnation, f[1] or '0', f[2], f[3] or '0', f[4] or '0', text(at), left > 0 and f[5], text(left), wanted,
    f[9] or '0', f[11] or '0', f[12] }
end

local function record(what, granted)
  local f = call('HMGET', HEAD, 'wishes', 'granted')
  local until_ = math.min(tonumber(granted), tonumber(f[1] or 0))
  call('HSET', HEAD, 'record', what, 'granted', text(math.max(until_, tonumber(f[2] or 0))))
end

-- The keys of a set: where each id is; version and number of entries of each host; entries of one host by id.
local function at_key(set)
  return PREFIX .. 'set:' .. set .. ':at'
end

local function version_key(set)
  return PREFIX .. 'set:' .. set .. ':version'
end

local function host_key(set, host)
  return PREFIX .. 'set:' .. set .. ':host:' .. host
end

-- Hosts that changed, by name; settle() says so to their readers.
local function settle(set, hosts, revision)
  for host in pairs(hosts) do
    call('HSET', version_key(set), host, revision .. ' ' .. call('HLEN', host_key(set, host)))
  end
end

local function remove(set, id, hosts)
  local host = call('HGET', at_key(set), id)
  if host then
    call('HDEL', host_key(set, host), id)
    call('HDEL', at_key(set), id)
    hosts[host] = true
  end
end

local function put(set, id, host, revision, body, hosts)
  local before = call('HGET', at_key(set), id)
  if before ~= host then
    if before then
      call('HDEL', host_key(set, before), id)
      hosts[before] = true
    end
    call('HSET', at_key(set), id, host)
  end
  call('HSET', host_key(set, host), id, revision .. ' ' .. body)
  hosts[host] = true
end

local function drop(set)
  for _, host in ipairs(call('HKEYS', version_key(set))) do
    call('UNLINK', host_key(set, host))
  end
  call('UNLINK', version_key(set), at_key(set))
end

local function drop_staging()
  local begun = call('HGET', HEAD, 'staging')
  if begun then
    drop(begun)
    call('HDEL', HEAD, 'staging', 'staging_token', 'batch')
  end
  call('UNLINK', TOUCHED, TAKEN)
end
