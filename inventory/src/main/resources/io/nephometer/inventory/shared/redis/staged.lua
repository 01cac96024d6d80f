-- SPDX-License-Identifier: Apache-2.0
-- The ids in the second set.
return call('HKEYS', at_key(staging))
