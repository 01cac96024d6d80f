// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.time.Duration;

/** Is told what becomes of events, for counters. Must not block. */
public interface FeedObserver {
    /** So many events of a kind ended so. */
    void ended(EventKind kind, FeedOutcome outcome, int count);

    /** A call of the cache was made for a batch, whether it went well or not. */
    void asked(Duration took);

    /** Interested in nothing. */
    static FeedObserver none() {
        return new FeedObserver() {
            @Override
            public void ended(EventKind kind, FeedOutcome outcome, int count) {}

            @Override
            public void asked(Duration took) {}
        };
    }
}
