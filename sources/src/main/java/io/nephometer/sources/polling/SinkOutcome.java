// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

import java.time.Duration;

/** What became of measurements that were handed to a {@link MeasurementSink}. */
public sealed interface SinkOutcome {
    /** They will not be lost by a crash of this process: the receiver confirmed them, or they are on disk. */
    record Accepted() implements SinkOutcome {}

    /**
     * They were not taken, and may be later. The ids in them stay the same, so a part that got through does no harm.
     *
     * @param cause for a human
     * @param notBefore how long to wait at least
     */
    record Retry(String cause, Duration notBefore) implements SinkOutcome {}

    /**
     * They are lost; the next slot may do better.
     *
     * @param reason for counting, as a metric label would have it
     * @param cause for a human
     */
    record Rejected(String reason, String cause) implements SinkOutcome {}
}
