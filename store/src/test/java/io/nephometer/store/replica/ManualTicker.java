// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import java.time.Duration;

/** A ticker that moves when told to. */
final class ManualTicker implements Ticker {
    private volatile long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    void advance(Duration by) {
        nanos += by.toNanos();
    }
}
