// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.Sample;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What hypervisors showed of themselves last, and the time before. Takes samples in the order of their times; for one thread. */
final class HostReadings implements Consumer<Sample> {
    private final SortedMap<String, Both> byHost = new TreeMap<>();
    private final Set<String> sources = new HashSet<>();

    /** What a hypervisor showed at one time, by meter. */
    record Reading(Instant at, Map<String, Double> shown) {}

    /** What it showed last; {@code before} null if it is not known what it showed before. */
    static final class Both {
        private final String host;
        private final String node;
        private @Nullable Reading before;
        private Reading last;

        private Both(String host, String node, Reading first) {
            this.host = host;
            this.node = node;
            this.last = first;
        }

        String host() {
            return host;
        }

        String node() {
            return node;
        }

        @Nullable Reading before() {
            return before;
        }

        Reading last() {
            return last;
        }

        private void show(Instant at, String meter, double value) {
            if (!last.at().equals(at)) {
                before = last;
                last = new Reading(at, new TreeMap<>());
            }
            last.shown().put(meter, value);
        }
    }

    /** The polling sources that the samples are of. */
    Set<String> sources() {
        return sources;
    }

    @Override
    public void accept(Sample sample) {
        if (sample.origin() instanceof Sample.Origin.Slotted(var slot)) {
            sources.add(slot.source());
        }
        if (sample.metadata().get("host") instanceof String host
                && sample.metadata().get("nodename") instanceof String node) {
            byHost.computeIfAbsent(
                            AssetVersion.hostId(host, node),
                            _ -> new Both(host, node, new Reading(sample.timestamp(), new TreeMap<>())))
                    .show(
                            sample.timestamp(),
                            sample.meter().name(),
                            sample.volume().doubleValue());
        }
    }

    /** By the ids of hypervisors in the inventory. */
    SortedMap<String, Both> all() {
        return byHost;
    }
}
