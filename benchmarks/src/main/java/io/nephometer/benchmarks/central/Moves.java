// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import java.util.Map;
import java.util.Set;

/**
 * What moved between two states of a cluster.
 *
 * @param units of both
 * @param moved of these, owned by another member
 * @param strays of these, moved to a member that was there before
 */
record Moves(int units, int moved, int strays) {
    static Moves between(Map<String, String> before, Map<String, String> after) {
        Set<String> known = Set.copyOf(before.values());
        int units = 0;
        int moved = 0;
        int strays = 0;
        for (Map.Entry<String, String> unit : before.entrySet()) {
            String owner = after.get(unit.getKey());
            if (owner == null) {
                continue;
            }
            units++;
            if (!owner.equals(unit.getValue())) {
                moved++;
                strays += known.contains(owner) ? 1 : 0;
            }
        }
        return new Moves(units, moved, strays);
    }

    double share() {
        return units == 0 ? 0 : moved / (double) units;
    }
}
