-- SPDX-License-Identifier: Apache-2.0
-- The ids in the set that readers see.
local set = call('HGET', HEAD, 'set')
return set and call('HKEYS', at_key(set)) or {}
