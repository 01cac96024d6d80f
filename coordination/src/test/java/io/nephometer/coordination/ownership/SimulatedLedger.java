// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.util.HashMap;
import java.util.Map;

/** Numbers owners, and knows what for. */
final class SimulatedLedger {
    /** @param revision of the members that the owner knew when it asked */
    record Grant(SimulatedProcess owner, long revision) {}

    private final Map<String, Long> latest = new HashMap<>();
    private final Map<String, Map<Long, Grant>> grants = new HashMap<>();
    boolean down;
    int granted;

    long take(String unit, SimulatedProcess owner, long revision) {
        long epoch = latest.merge(unit, 1L, Long::sum);
        Map<Long, Grant> ofUnit = grants.computeIfAbsent(unit, _ -> new HashMap<>());
        Grant before = ofUnit.get(epoch - 1);
        if (before != null && before.owner() != owner && before.revision() == revision) {
            throw new AssertionError(unit + " changed from " + before.owner() + " to " + owner
                    + ", although both knew the same members (revision " + revision + ")");
        }
        ofUnit.put(epoch, new Grant(owner, revision));
        granted++;
        return epoch;
    }

    long latest(String unit) {
        return latest.getOrDefault(unit, 0L);
    }

    boolean gave(String unit, long epoch, SimulatedProcess owner) {
        Grant grant = grants.getOrDefault(unit, Map.of()).get(epoch);
        return grant != null && grant.owner() == owner;
    }
}
