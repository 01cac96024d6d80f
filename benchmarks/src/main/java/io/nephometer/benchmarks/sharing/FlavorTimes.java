// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Flavor;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Until when each flavor of the simulated cloud was there. Servers keep theirs; Nova tells the id of one that is gone to nobody. */
final class FlavorTimes {
    private final Map<String, Instant> gone = new HashMap<>();
    private Set<String> there = Set.of();

    /** Takes note of those that are gone now. */
    void look(Cloud cloud, Instant now) {
        Set<String> ids = new HashSet<>();
        cloud.flavors().stream().map(Flavor::id).forEach(ids::add);
        there.stream().filter(id -> !ids.contains(id)).forEach(id -> gone.put(id, now));
        there = ids;
    }

    boolean isGone(String id, Instant at) {
        Instant when = gone.get(id);
        return when != null && !when.isAfter(at);
    }
}
