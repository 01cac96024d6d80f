-- SPDX-License-Identifier: Apache-2.0
-- What was changed since the second set was begun, or since the caller got this answer last: { batch, ids }.
-- ARGV[4]  the batch that the caller got; what came after it comes again, so no answer that was lost loses an id
if call('HGET', HEAD, 'batch') == ARGV[4] then
  call('UNLINK', TAKEN)
end
call('SUNIONSTORE', TAKEN, TAKEN, TOUCHED)
call('UNLINK', TOUCHED)
step()
return { text(call('HINCRBY', HEAD, 'batch', 1)), call('SMEMBERS', TAKEN) }
