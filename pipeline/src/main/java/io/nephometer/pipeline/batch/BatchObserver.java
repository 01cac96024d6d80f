// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import java.time.Duration;

/** Is told what a {@link BatchLoop} does, for counters and progress. Called on the loop's thread; must not block. */
public interface BatchObserver {
    /** A batch is durable and about to be acknowledged. */
    void done(BatchOutcome.Done outcome, Duration took);

    /** A batch was given back and consuming stopped. */
    void postponed(String cause);

    /** Consuming goes on after {@link #postponed}. */
    void resumed(Duration stopped);

    /** Interested in nothing. */
    static BatchObserver none() {
        return new BatchObserver() {
            @Override
            public void done(BatchOutcome.Done outcome, Duration took) {}

            @Override
            public void postponed(String cause) {}

            @Override
            public void resumed(Duration stopped) {}
        };
    }
}
