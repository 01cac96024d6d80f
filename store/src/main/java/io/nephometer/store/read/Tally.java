// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Figures over the samples added so far. */
final class Tally {
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double lost;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** Samples come in the order of their time. The sum is compensated (Neumaier), so that large counters lose nothing. */
    void add(Sample sample) {
        double volume = sample.volume().doubleValue();
        count++;
        min = Math.min(min, volume);
        max = Math.max(max, volume);
        double next = sum + volume;
        lost += Math.abs(sum) >= Math.abs(volume) ? (sum - next) + volume : (volume - next) + sum;
        sum = next;
        if (first == null) {
            first = sample.timestamp();
        }
        last = sample.timestamp();
    }

    long count() {
        return count;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double sum() {
        return sum + lost;
    }

    Instant first() {
        return added(first);
    }

    Instant last() {
        return added(last);
    }

    private static Instant added(@Nullable Instant time) {
        if (time == null) {
            throw new IllegalStateException("nothing was added");
        }
        return time;
    }
}
