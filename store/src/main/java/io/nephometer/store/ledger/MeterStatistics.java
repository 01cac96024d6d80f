// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Meter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Figures over samples of one meter.
 *
 * @param resourceId the resource, if grouped by it and there is one
 * @param projectId the project, if grouped by it and there is one
 * @param userId the user, if grouped by it and there is one
 * @param sum of all volumes, as exact as a double can say it
 * @param first time of the first sample
 * @param last time of the last sample
 */
public record MeterStatistics(
        Meter meter,
        @Nullable String resourceId,
        @Nullable String projectId,
        @Nullable String userId,
        long count,
        double min,
        double max,
        double sum,
        Instant first,
        Instant last) {
    public double average() {
        return sum / count;
    }

    /** From the first sample to the last. */
    public Duration duration() {
        return Duration.between(first, last);
    }
}
