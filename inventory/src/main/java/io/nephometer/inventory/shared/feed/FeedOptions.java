// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.time.Duration;

/**
 * How long the cache is waited for.
 *
 * @param patience for one batch; longer is nobody held up
 * @param rest how long the cache is left alone after it failed or took longer; the events meanwhile are skipped
 */
public record FeedOptions(Duration patience, Duration rest) {
    public FeedOptions {
        if (patience.isNegative() || patience.isZero() || rest.isNegative()) {
            throw new IllegalArgumentException(
                    "patience must be more than 0, rest at least 0: " + patience + ", " + rest);
        }
    }

    /** One second, and five of rest. */
    public static FeedOptions defaults() {
        return new FeedOptions(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
}
