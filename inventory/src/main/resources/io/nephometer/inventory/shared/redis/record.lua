-- SPDX-License-Identifier: Apache-2.0
-- Records a refresh. ARGV[4] what of it; ARGV[5] wishes that it granted
record(ARGV[4], ARGV[5])
step()
return 1
