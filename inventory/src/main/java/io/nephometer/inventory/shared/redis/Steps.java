// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the writes of one seat, of which Redis keeps the last. So every later command finds out if Redis went back behind one that it
 * had confirmed. Thread-safe.
 */
final class Steps {
    /** Drawn by chance, since a Redis that went back may have the steps of another seat with the same token. */
    private final String life = UUID.randomUUID().toString();

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();

    /** The number of the next one, whatever becomes of it. */
    long begin() {
        return begun.incrementAndGet();
    }

    /** Redis said that it did this one. */
    void confirm(long step) {
        confirmed.accumulateAndGet(step, Math::max);
    }

    /** What a script is told of them: its own number is {@code step}. */
    String text(long step) {
        return life + " " + confirmed.get() + " " + step;
    }
}
