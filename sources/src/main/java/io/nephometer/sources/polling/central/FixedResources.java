// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.sources.polling.definition.PollingSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which source a fixed resource is measured for: of one interval and pollster, the first that names it. */
final class FixedResources {
    private record Wanted(Duration interval, String pollster) {}

    private final Map<Wanted, Map<String, String>> sources = new HashMap<>();

    void add(PollingSource source, CentralPollster pollster) {
        Map<String, String> first = sources.computeIfAbsent(wanted(source, pollster), _ -> new HashMap<>());
        source.resources().forEach(id -> first.putIfAbsent(id, source.name()));
    }

    /** Ids that are measured for the source. */
    Set<String> of(PollingSource source, CentralPollster pollster) {
        return ids(source, pollster, true);
    }

    /** Ids that are measured for another. */
    Set<String> elsewhere(PollingSource source, CentralPollster pollster) {
        return ids(source, pollster, false);
    }

    private Set<String> ids(PollingSource source, CentralPollster pollster, boolean own) {
        return sources.getOrDefault(wanted(source, pollster), Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().equals(source.name()) == own)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Wanted wanted(PollingSource source, CentralPollster pollster) {
        return new Wanted(source.interval(), pollster.name());
    }
}
