// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.sources.polling.MeasuringTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counters showed in the last cycle that was delivered, of the instances that ran then and run still. A cycle that is thrown away
 * leaves it as it was, so that the next growth is of both. Its size is that of two inspections: what an inspection does not show,
 * because it stopped, moved away, or was unplugged, is forgotten. For one thread.
 */
final class CounterMemory {
    /** What is known of an instance's counters. */
    private static final class Instance {
        private final @Nullable Long cpuTime;
        private final boolean restarted;
        private final Map<Key, Seen> now = new HashMap<>();
        private Map<Key, Seen> earlier;

        Instance(@Nullable Long cpuTime, @Nullable Instance before) {
            this.cpuTime = cpuTime;
            this.earlier = before == null ? Map.of() : before.now;
            Long last = before == null ? null : before.cpuTime;
            this.restarted = last != null && cpuTime != null && cpuTime < last;
        }

        /** What it does not show this time stays as it was. */
        Instance readInPart() {
            now.putAll(earlier);
            return this;
        }
    }

    private record Key(String meter, String resource) {}

    private record Seen(long value, MeasuringTime at) {}

    /** As delivered. */
    private Map<String, Instance> delivered = Map.of();
    /** Of the cycle that runs. */
    private Map<String, Instance> instances = Map.of();

    /**
     * A new inspection is looked at: what it does not show is forgotten, once it is delivered.
     *
     * @param unreadable instances that are there and could not be read, or not whole; what is known of them stays
     */
    void turn(List<DiscoveredInstance> shown, Set<String> unreadable) {
        Map<String, Instance> next = new HashMap<>();
        for (String id : unreadable) {
            Instance known = delivered.get(id);
            if (known != null) {
                next.put(id, known);
            }
        }
        for (DiscoveredInstance instance : shown) {
            if (instance.isRunning()) {
                Instance known = new Instance(cpuTime(instance.domain()), delivered.get(instance.id()));
                next.put(instance.id(), unreadable.contains(instance.id()) ? known.readInPart() : known);
            }
        }
        instances = next;
    }

    /** The cycle that was looked at is delivered: growth is counted from there. */
    void settle() {
        delivered = instances;
        delivered.values().forEach(instance -> instance.earlier = Map.of());
    }

    private static @Nullable Long cpuTime(@Nullable Domain domain) {
        CpuCounters cpu = domain == null ? null : domain.cpu();
        return cpu == null ? null : cpu.timeNs();
    }

    /**
     * Notes a value of a counter, and says how it grew.
     *
     * @param instance one of those that were shown
     */
    Growth note(String instance, String meter, String resource, long value, MeasuringTime at) {
        Instance known = instances.get(instance);
        if (known == null) {
            return new Growth.First();
        }
        Key key = new Key(meter, resource);
        known.now.put(key, new Seen(value, at));
        Seen seen = known.earlier.get(key);
        if (seen == null) {
            return new Growth.First();
        }
        if (value < seen.value()) {
            return new Growth.Reset(value);
        }
        return new Growth.Grown(value - seen.value(), at.secondsSince(seen.at()), known.restarted);
    }

    /** How many counters are remembered. */
    int size() {
        return instances.values().stream()
                .mapToInt(instance -> instance.now.size())
                .sum();
    }
}
