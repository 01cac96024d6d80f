// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.nova.Server;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Servers that the hypervisor does not run although Nova says so. Each is asked for at once, and if Nova insists, ever more rarely: at
 * the 2nd, 4th, 8th … refresh in which it is missing. Not thread-safe.
 */
final class Absences {
    private final Map<String, Integer> refreshes = new HashMap<>();

    /** Which of those that are missing in this refresh are to be asked for. */
    List<Server> due(Collection<Server> missing) {
        Set<String> ids = missing.stream().map(Server::id).collect(Collectors.toCollection(HashSet::new));
        refreshes.keySet().retainAll(ids);
        return missing.stream()
                .filter(server -> Integer.bitCount(refreshes.merge(server.id(), 1, Integer::sum)) == 1)
                .toList();
    }
}
