// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.nephometer.inventory.shared.late.Found;
import io.nephometer.store.ledger.PendingSamples;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the shared cache says of the instances that one run meets: it is asked once for each. Not thread-safe. */
final class LateLookup {
    private final Function<Collection<String>, Optional<Map<String, Found>>> lookup;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Found> found = new HashMap<>();

    LateLookup(Function<Collection<String>, Optional<Map<String, Found>>> lookup) {
        this.lookup = lookup;
    }

    /** Asks for the instances of a page, as far as they are new. False if nobody can be asked. */
    boolean ask(List<PendingSamples> page) {
        Set<String> ids = new HashSet<>();
        page.forEach(pending -> ids.add(pending.instance()));
        ids.removeAll(asked);
        if (ids.isEmpty()) {
            return true;
        }
        Optional<Map<String, Found>> answer = lookup.apply(ids);
        answer.ifPresent(found::putAll);
        asked.addAll(ids);
        return answer.isPresent();
    }

    /** Of an instance of a page that was asked for; empty if nothing is known of what it was. */
    Optional<Found.Known> known(String instance) {
        return found.get(instance) instanceof Found.Known known ? Optional.of(known) : Optional.empty();
    }
}
