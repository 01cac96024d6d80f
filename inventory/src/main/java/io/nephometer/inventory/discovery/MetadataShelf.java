// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was last written of each instance: written again only when the facts are others. Thread-safe. */
final class MetadataShelf {
    private final Function<Facts, InstanceMetadata> writer;
    private final Map<String, Written> shelf = new ConcurrentHashMap<>();

    private record Written(Facts facts, InstanceMetadata metadata) {}

    MetadataShelf(Function<Facts, InstanceMetadata> writer) {
        this.writer = writer;
    }

    InstanceMetadata of(Facts facts) {
        Written last = shelf.get(facts.id());
        if (last != null && last.facts.equals(facts)) {
            return last.metadata;
        }
        InstanceMetadata metadata = writer.apply(facts);
        shelf.put(facts.id(), new Written(facts, metadata));
        return metadata;
    }

    /** Forgets all other instances. */
    void keepOnly(Collection<DiscoveredInstance> instances) {
        Set<String> present = instances.stream().map(DiscoveredInstance::id).collect(Collectors.toSet());
        shelf.keySet().retainAll(present);
    }

    int size() {
        return shelf.size();
    }
}
