// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** When agents found an instance running last, and where. For one thread. */
final class StillMeasured implements Consumer<Sample> {
    /** Of every instance that runs, and of no other. */
    static final String METER = "cpu";

    private final Map<String, Sighting> last = new HashMap<>();
    private final Set<String> sources = new HashSet<>();

    /** Where an instance was found running, and when. */
    record Sighting(String host, Instant at) {}

    /** The polling sources that the samples are of. */
    Set<String> sources() {
        return sources;
    }

    @Override
    public void accept(Sample sample) {
        if (sample.origin() instanceof Sample.Origin.Slotted(var slot)) {
            sources.add(slot.source());
        }
        if (sample.metadata().get("instance_id") instanceof String instance) {
            last.put(instance, new Sighting(SampleFacts.host(sample), sample.timestamp()));
        }
    }

    /** The last one; null if it was not found. */
    @Nullable Sighting of(String instance) {
        return last.get(instance);
    }

    /** All, by instance. */
    Map<String, Sighting> all() {
        return last;
    }
}
