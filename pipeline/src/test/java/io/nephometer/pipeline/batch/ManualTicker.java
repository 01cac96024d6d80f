// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.runtime.Ticker;
import java.time.Duration;

/** Time that moves when told to. */
final class ManualTicker implements Ticker {
    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }
}
