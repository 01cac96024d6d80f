// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.sources.polling.MeasuringTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counters showed the last time, of the instances that ran then and run still. Its size is that of one inspection: what an
 * inspection does not show, because it stopped, moved away, or was unplugged, is forgotten. For one thread.
 */
final class CounterMemory {
    /** What is known of an instance's counters. */
    private static final class Instance {
        private final @Nullable Long cpuTime;
        private final boolean restarted;
        private final Map<Key, Seen> earlier;
        private final Map<Key, Seen> now = new HashMap<>();

        Instance(@Nullable Long cpuTime, @Nullable Instance before) {
            this.cpuTime = cpuTime;
            this.earlier = before == null ? Map.of() : before.now;
            Long last = before == null ? null : before.cpuTime;
            this.restarted = last != null && cpuTime != null && cpuTime < last;
        }
    }

    private record Key(String meter, String resource) {}

    private record Seen(long value, MeasuringTime at) {}

    private Map<String, Instance> instances = Map.of();

    /** A new inspection is looked at: what is not among these is forgotten. */
    void turn(List<DiscoveredInstance> shown) {
        Map<String, Instance> next = new HashMap<>();
        for (DiscoveredInstance instance : shown) {
            if (instance.isRunning()) {
                next.put(instance.id(), new Instance(cpuTime(instance.domain()), instances.get(instance.id())));
            }
        }
        instances = next;
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
