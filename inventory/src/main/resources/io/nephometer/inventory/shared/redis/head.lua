-- SPDX-License-Identifier: Apache-2.0
-- How the cache is.
return head()
