// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import io.nephometer.model.Sample;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of counters that agents measured, and how it is told. All the rest is the same for every such task: {@link CountingAuditor},
 * {@link CountedEvent}.
 */
public interface CountedTask {
    /** What Nova calls it. */
    String name();

    /** The meters of its counters; {@code *} stands for any characters. */
    String meters();

    /** What a sample of these meters shows; null if that is of no concern. */
    @Nullable Shown shown(Sample sample);

    /** What is kept of whom the counters are, out of the last sample of a period: plain JSON values. */
    Map<String, @Nullable Object> about(Sample sample);

    /** The type of its events. */
    String type();

    /** Of the ids of its events; never changes, or what is in ledgers would be told again. */
    UUID namespace();

    /** What its event says of a part of an instance in a period, in the order in which it is written. */
    Map<String, @Nullable Object> payload(Period period, CountedUsage usage);

    /**
     * What a sample shows.
     *
     * @param instance whose counter it is
     * @param part of the instance: an interface, a volume; empty if it is none that is counted, and shows only that the instance was measured
     * @param counter of that part
     * @param host where it ran; its counters begin anew on each host
     */
    record Shown(String instance, String part, String counter, String host) {
        CountedSubject subject() {
            return new CountedSubject(instance, part);
        }
    }
}
