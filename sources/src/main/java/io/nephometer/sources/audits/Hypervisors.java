// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hypervisors of a share, and what instances have of them. For one thread. */
final class Hypervisors {
    private final SortedMap<String, Place> uses = new TreeMap<>();

    /** A hypervisor. */
    record Place(String host, String node, HostUse use) {}

    /** There is one. */
    void add(@Nullable String host, String node) {
        if (host != null) {
            uses.computeIfAbsent(AssetVersion.hostId(host, node), _ -> new Place(host, node, new HostUse()));
        }
    }

    /** What became of an instance. */
    enum Placed {
        COUNTED,
        /** It is on one of them, and nobody knows how large it is. */
        OF_NO_SIZE,
        /** It is on none that is known. */
        NOWHERE
    }

    /** On the hypervisor that is told; where it is not told, on the only one of the host. */
    Placed place(InstanceVersion instance) {
        String host = instance.host();
        if (host == null) {
            return Placed.NOWHERE;
        }
        List<Place> ofHost = of(host);
        String node = instance.fields().get("node") instanceof String told ? told : null;
        for (Place one : ofHost) {
            if (ofHost.size() == 1 || one.node().equals(node)) {
                return one.use().add(instance) ? Placed.COUNTED : Placed.OF_NO_SIZE;
            }
        }
        return Placed.NOWHERE;
    }

    /** Whether an instance is where the inventory has it, or on a host of another share. */
    boolean isExpected(String instance, String host) {
        List<Place> ofHost = of(host);
        return ofHost.isEmpty() || ofHost.stream().anyMatch(one -> one.use().has(instance));
    }

    /** Where a host has several hypervisors, it is not known on which it was found. */
    void found(String instance, String host) {
        List<Place> ofHost = of(host);
        if (ofHost.size() == 1) {
            ofHost.getFirst().use().found(instance);
        }
    }

    private List<Place> of(String host) {
        return uses.values().stream().filter(one -> one.host().equals(host)).toList();
    }

    /** All, by their ids in the inventory. */
    Map<String, Place> uses() {
        return uses;
    }
}
