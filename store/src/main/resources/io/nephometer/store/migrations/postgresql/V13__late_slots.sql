-- SPDX-License-Identifier: Apache-2.0

-- What came late is found without reading all slots.
CREATE INDEX slots_by_arrival ON slots (last_committed, began);
