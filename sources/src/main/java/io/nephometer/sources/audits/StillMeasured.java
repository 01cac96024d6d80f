// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** When agents found an instance running last, and where. For one thread. */
final class StillMeasured implements Consumer<Sample> {
    /** Of every instance that runs, and of no other. */
    static final String METER = "cpu";

    private final Map<String, Sighting> last = new HashMap<>();

    /** Where an instance was found running, and when. */
    record Sighting(String host, Instant at) {}

    @Override
    public void accept(Sample sample) {
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
