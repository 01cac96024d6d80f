// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is removed after instances, and when.
 *
 * @param attempts before it is given up
 * @param keep how long after an instance was counted last what is counted of it stays
 * @param counted how long after its end it may still be counted: two of the longest periods
 * @param reclaim how long an instance may be deleted and not removed by Nova; null: that is not looked at
 */
public record CleanupOptions(
        int attempts,
        Duration keep,
        Duration counted,
        @Nullable Duration reclaim) {
    public CleanupOptions {
        if (attempts < 1 || keep.isNegative() || counted.isNegative()) {
            throw new IllegalArgumentException("attempts are at least 1, and times not negative");
        }
    }
}
