// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when told to. */
final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-22T02:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
