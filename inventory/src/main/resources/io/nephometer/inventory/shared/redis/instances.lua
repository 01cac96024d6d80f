-- SPDX-License-Identifier: Apache-2.0
-- What is known of instances, in their order: { host, entry }, { milliseconds of its deletion, nothing or what it was, 'gone' }, or nothing.
-- ARGV[4…]  their ids
local set = call('HGET', HEAD, 'set')
local answers = {}
for i = 4, #ARGV do
  local id = ARGV[i]
  local known = false
  local gone = call('ZSCORE', GONE, id)
  if gone then
    known = { gone, call('GET', last_key(id)), 'gone' }
  elseif set then
    local host = call('HGET', at_key(set), id)
    known = host and { host, call('HGET', host_key(set, host), id) }
  end
  answers[#answers + 1] = known
end
return answers
