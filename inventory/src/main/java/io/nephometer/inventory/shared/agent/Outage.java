// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when the shared cache gives nothing, and from when on to ask Nova instead. Not thread-safe. */
final class Outage {
    private final String host;
    private final Duration within;
    private @Nullable Instant since;
    private long fallback;
    private long outages;

    /** @param within the moment of the fallback is drawn from this time, once for each outage */
    Outage(String host, Duration within) {
        this.host = host;
        this.within = within;
    }

    /**
     * It gives nothing, again or for the first time.
     *
     * @param now of our ticker
     * @return whether it has just begun
     */
    boolean goesOn(Instant at, long now) {
        if (since != null) {
            return false;
        }
        since = at;
        fallback = now + (long) (within.toNanos() * HostPhase.of(host, outages++));
        return true;
    }

    /**
     * It gives something again.
     *
     * @return whether there was an outage
     */
    boolean end() {
        boolean ended = since != null;
        since = null;
        return ended;
    }

    /** When it began, on our clock; null if there is none. */
    @Nullable Instant since() {
        return since;
    }

    /** Until Nova is asked instead; zero if it is, null if there is no outage. */
    @Nullable Duration left(long now) {
        return since == null ? null : Duration.ofNanos(Math.max(0, fallback - now));
    }
}
